// Turns an app into running resources, and a changed app into changed ones. Whatever can fail (code
// that does not load, a server that does not start, a schema that does not fit) is tried before
// anything that callers see is replaced.
import { dirname, join, resolve } from 'node:path'
import type { Functions } from '../functions/functions.ts'
import type { Gateways } from '../gateway/gateways.ts'
import { HostError } from '../kernel/host-error.ts'
import {
  agentRuntimeArn,
  createAgentRuntimeId,
  createGatewayId,
  createTargetId,
  functionArn,
} from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { AuthorizerFor } from './shared-authorizers.ts'
import type { Runtimes } from '../runtime/start-runtimes.ts'
import type { Store } from '../store/store.ts'
import { fallbackImports } from '../process/child-files.ts'
import { findCommand } from './find-command.ts'
import { installerEnvironment } from './installer-environment.ts'
import type { LoadedApp } from './load-app.ts'
import type { LocalClient } from './local-issuer.ts'
import type { App, AppFunction, AppGateway, AppRuntime } from './read-app.ts'
import { readToolOffer, type ToolOffer } from './tool-offer.ts'

export interface DeployerOptions {
  readonly url: string
  readonly dataDir: string
  readonly auth: boolean
  readonly store: Store
  readonly functions: Functions
  readonly gateways: Gateways
  readonly runtimes: Runtimes
  readonly authorizerFor: AuthorizerFor
  readonly client: LocalClient | undefined
  readonly log: Log
  readonly compileCache?: string | undefined
  readonly warmSessions?: number
  readonly onProgress?: (message: string) => void
}

/** What is hosted now, as a person or a program wants to be told. */
export interface Deployed {
  readonly gateways: readonly DeployedGateway[]
  readonly runtimes: readonly DeployedRuntime[]
  /** What a tool's schema could not say on the gateway, one sentence each. */
  readonly warnings: readonly string[]
}

export interface DeployedGateway {
  readonly name: string
  readonly gatewayId: string
  readonly url: string
  readonly needsToken: boolean
  readonly targets: readonly { readonly name: string; readonly targetId: string }[]
}

export interface DeployedRuntime {
  readonly name: string
  readonly agentRuntimeArn: string
  readonly url: string
  readonly needsToken: boolean
}

/** Names, by kind. */
interface Hosted {
  readonly functions: Set<string>
  readonly gateways: Set<string>
  readonly runtimes: Set<string>
}

export interface Deployer {
  deploy(app: LoadedApp): Promise<Deployed>
}

export function createDeployer(options: DeployerOptions): Deployer {
  const { store, functions, gateways, runtimes, client } = options
  /** What is hosted: also what a deployment that was refused has left behind. */
  const hosted: Hosted = { functions: new Set(), gateways: new Set(), runtimes: new Set() }

  async function deploy({ app, dir }: LoadedApp): Promise<Deployed> {
    const [offers, deployedRuntimes] = await allOrFirstError([
      deployFunctions(app, dir),
      deployRuntimes(app, dir),
    ])
    const prepared = []
    for (const [name, gateway] of Object.entries(app.gateways)) {
      prepared.push(await prepareGateway(name, gateway, offers))
    }
    for (const { name, commit } of prepared) {
      hosted.gateways.add(name)
      commit()
    }
    await removeLeftOut(app)
    const warnings = [...offers.values()].flatMap((offer) => offer?.warnings ?? [])
    const deployedGateways = prepared.map(({ deployed }) => deployed)
    return { gateways: deployedGateways, runtimes: deployedRuntimes, warnings }
  }

  async function deployFunctions(
    app: App,
    dir: string,
  ): Promise<Map<string, ToolOffer | undefined>> {
    const entries = Object.entries(app.functions).map(
      async ([name, definition]) =>
        [name, readToolOffer(await deployFunction(name, definition, dir), name)] as const,
    )
    return new Map(await allSettledOrFirstError(entries))
  }

  async function deployFunction(name: string, definition: AppFunction, dir: string) {
    const { handler = '', runtime, requirements, timeout, memorySize } = definition
    const codeDir = resolve(dir, definition.code)
    const pythonPath = requirements && (await installPackages(resolve(dir, requirements), runtime))
    hosted.functions.add(name)
    const { description } = await functions.putFunction({
      functionName: name,
      runtime,
      handler,
      codeDir,
      layers: definition.layers.map((layer) => resolve(dir, layer)),
      ...(pythonPath && { pythonPath: [pythonPath] }),
      environment: { ...compileCacheVariable(options.compileCache), ...definition.environment },
      timeoutMs: timeout * 1_000,
      memorySizeMb: memorySize,
      ...(definition.reservedConcurrentExecutions !== undefined && {
        reservedConcurrency: definition.reservedConcurrentExecutions,
      }),
      nodeImports: fallbackImports(codeDir),
    })
    return description
  }

  async function deployRuntimes(app: App, dir: string): Promise<DeployedRuntime[]> {
    return allSettledOrFirstError(
      Object.entries(app.runtimes).map(([name, definition]) =>
        deployRuntime(name, definition, dir),
      ),
    )
  }

  async function deployRuntime(
    name: string,
    definition: AppRuntime,
    dir: string,
  ): Promise<DeployedRuntime> {
    const agentRuntimeId = await rememberId('agent-runtime', name, () => createAgentRuntimeId(name))
    const cwd = definition.server
      ? dirname(resolve(dir, definition.code, definition.server))
      : resolve(dir, definition.code)
    const packages =
      definition.requirements && (await installPackages(resolve(dir, definition.requirements)))
    const environment = {
      PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
      ...compileCacheVariable(options.compileCache),
      ...(packages && { PYTHONPATH: packages, PYTHONUNBUFFERED: '1' }),
      ...definition.environment,
    }
    const authorizer = authorizerOf(definition.authorizerConfiguration)
    hosted.runtimes.add(name)
    const { agentRuntimeArn: arn } = await runtimes.putRuntime({
      agentRuntimeId,
      agentRuntimeName: name,
      command: await findCommand(definition, cwd, environment.PATH),
      cwd,
      environment,
      protocol: 'MCP',
      ...(authorizer && { authorizer }),
      idleRuntimeSessionTimeoutMs: definition.lifecycle.idleRuntimeSessionTimeout * 1_000,
      maxLifetimeMs: definition.lifecycle.maxLifetime * 1_000,
      warmSessions: options.warmSessions ?? 2,
      ...(definition.requestHeaderAllowlist && {
        requestHeaderAllowlist: definition.requestHeaderAllowlist,
      }),
    })
    return {
      name,
      agentRuntimeArn: arn ?? agentRuntimeArn(agentRuntimeId),
      url: `${options.url}/runtimes/${encodeURIComponent(arn)}/invocations?qualifier=DEFAULT`,
      needsToken: authorizer !== undefined,
    }
  }

  async function prepareGateway(
    name: string,
    definition: AppGateway,
    offers: ReadonlyMap<string, ToolOffer | undefined>,
  ) {
    const gatewayId = await rememberId('gateway', name, () => createGatewayId(name))
    const config = authorizerConfigurationOf(definition)
    const instructions = instructionsOf(definition, offers)
    const targets = []
    for (const [key, target] of Object.entries(definition.targets)) {
      targets.push(await targetInput(`${name}/${key}`, key, target, offers))
    }
    const prepared = gateways.prepareGateway(
      {
        name,
        gatewayId,
        authorizerType: config ? 'CUSTOM_JWT' : 'NONE',
        ...(config && { authorizerConfiguration: config }),
        ...(definition.description && { description: definition.description }),
        ...(definition.exceptionLevel === 'DEBUG' && { exceptionLevel: 'DEBUG' }),
        protocolConfiguration: {
          mcp: { ...definition.protocolConfiguration?.mcp, ...(instructions && { instructions }) },
        },
      },
      targets,
    )
    const deployed: DeployedGateway = {
      name,
      gatewayId,
      url: prepared.gatewayUrl,
      needsToken: config !== undefined,
      targets: targets.map(({ name: target, targetId }) => ({ name: target, targetId })),
    }
    return { name, commit: () => prepared.commit(), deployed }
  }

  async function targetInput(
    path: string,
    name: string,
    { description, lambda }: AppGateway['targets'][string],
    offers: ReadonlyMap<string, ToolOffer | undefined>,
  ) {
    const tools = lambda.toolSchema ?? offers.get(lambda.function)?.tools
    if (tools === undefined) {
      throw new HostError(
        'ERR_INVALID_INPUT',
        `Target ${path} needs a toolSchema: the function ${lambda.function} does not describe its tools itself (a handler made by defineServer does)`,
      )
    }
    const targetId = await rememberId('target', path, () => createTargetId())
    return {
      name,
      targetId,
      ...(description && { description }),
      targetConfiguration: {
        mcp: {
          lambda: {
            lambdaArn: functionArn(lambda.function),
            toolSchema: { inlinePayload: tools },
          },
        },
      },
    }
  }

  /** Without a configuration of its own a gateway or runtime trusts the host's issuer, or nobody asks. */
  function authorizerConfigurationOf(definition: AppGateway) {
    if (definition.authorizerType === 'NONE') return undefined
    return configurationOf(definition.authorizerConfiguration)
  }

  function configurationOf(own: AppGateway['authorizerConfiguration']) {
    if (own !== undefined) return own
    if (client === undefined) return undefined
    // The scope says it all: only this host's own clients, and people who signed in here, get it.
    const { discoveryUrl, scopes } = client
    return { customJWTAuthorizer: { discoveryUrl, allowedScopes: [...scopes] } }
  }

  function authorizerOf(own: AppRuntime['authorizerConfiguration']) {
    const config = configurationOf(own)?.customJWTAuthorizer
    return config && options.authorizerFor(config)
  }

  async function installPackages(requirementsFile: string, runtime?: string): Promise<string> {
    const { findPython, installRequirements } = await import('../process/python-packages.ts')
    const path = process.env['PATH'] ?? ''
    const { path: python } = await findPython(runtime, path)
    return installRequirements({
      requirementsFile,
      python,
      cacheDir: join(options.dataDir, 'packages'),
      env: installerEnvironment(options.dataDir),
      onProgress: (line) => options.onProgress?.(line),
    })
  }

  /** Ids outlive the process, so that a client configured yesterday still works. */
  async function rememberId<Id extends string>(
    kind: string,
    name: string,
    create: () => Id,
  ): Promise<Id> {
    const known = await store.get<{ id: Id }>(kind, name)
    if (known !== undefined) return known.id
    const id = create()
    await store.put(kind, name, { id })
    return id
  }

  async function removeLeftOut(app: App): Promise<void> {
    const gone = (of: keyof Hosted) =>
      [...hosted[of]].filter((name) => !Object.hasOwn(app[of], name))
    for (const name of gone('gateways')) {
      gateways.removeGateway(await rememberId('gateway', name, () => createGatewayId(name)))
      hosted.gateways.delete(name)
    }
    for (const name of gone('runtimes')) {
      const id = await rememberId('agent-runtime', name, () => createAgentRuntimeId(name))
      await ignoreMissing(runtimes.deleteRuntime(id))
      hosted.runtimes.delete(name)
    }
    for (const name of gone('functions')) {
      await ignoreMissing(functions.deleteFunction(name))
      hosted.functions.delete(name)
    }
  }

  return { deploy }
}

/** The gateway speaks for its targets: a lone tool server's own instructions are the gateway's. */
function instructionsOf(
  definition: AppGateway,
  offers: ReadonlyMap<string, ToolOffer | undefined>,
): string | undefined {
  const own = definition.protocolConfiguration?.mcp?.instructions
  const [first, ...others] = Object.values(definition.targets)
  if (own !== undefined || first === undefined || others.length > 0) return own
  return offers.get(first.lambda.function)?.instructions
}

function compileCacheVariable(folder: string | undefined): Record<string, string> {
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder }
}

/** What was put in vain is not there to be removed. */
async function ignoreMissing(removal: Promise<void>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof HostError && error.code === 'ERR_NOT_FOUND')) throw error
  })
}

/** Waits for both, so that nothing is still starting when the first error is reported. */
async function allOrFirstError<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

async function allSettledOrFirstError<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
