// The Runtime hull: servers as processes, one for each session (AgentCore Runtime). What differs from
// AgentCore, and stays so:
// - A session is isolated by its process and its temp folder, not by a virtual machine; the folder of
//   directly deployed code is shared by the sessions of a version.
// - A session belongs to the caller who created it; AgentCore leaves that to the caller.
// - DELETE ends a session and GET is passed on, as MCP clients expect; AgentCore answers 404.
// - A server may assign its own session id; none is sent to it on `initialize`.
// - What a role may do is not enforced.
// What is missing: the protocols A2A and AGUI, WebSockets, shells, capacity providers, mounted file
// systems. Platform versions V1 and V2 are the same here.
import { availableParallelism } from 'node:os'
import type { AwsAuthenticator } from '../aws/authenticate.ts'
import type { Exchange } from '../http/exchange.ts'
import { parseAgentRuntimeId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { AgentRuntimeConfiguration, RuntimeLine } from './agent-runtime-configuration.ts'
import { createAppRuntimes, type DeployedRuntime } from './app-runtimes.ts'
import { createCallerTokens } from './caller-tokens.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import type { AuthorizerFor, LinkedIdentities, WorkloadTokens } from './ports.ts'
import { createRegistry, type Registry, type RuntimeEntry } from './registry.ts'
import { describeResource } from './resource-url.ts'
import { hasUnfinished } from './unfinished.ts'
import type { AgentRuntimeOperations, RuntimeControl } from './runtime-control.ts'
import { createRuntimeResources, type RuntimeResources } from './runtime-resources.ts'
import { serveRuntime } from './serve-runtime.ts'
import { createServedVersions } from './served-versions.ts'
import type { Preloads } from './server-environment.ts'
import { createSessionTable } from './session-table.ts'
import { createSignedBodies } from './signed-bodies.ts'
import { createStartGate } from './start-gate.ts'
import type {
  CodeSource,
  ImageSource,
  PlatformEnvironment,
  VersionStarter,
} from './version-starter.ts'

export interface RuntimesOptions {
  readonly log: Log
  /** An existing folder; every process gets one of its own in it, for as long as it lives. */
  readonly tempDir: string
  /** Of all runtimes together; processes that wait in pools are not counted. */
  readonly maxSessions: number
  readonly preloads: Preloads
  readonly onLine?: (line: RuntimeLine) => void
  /** Milliseconds; what idle times and lives are measured with. */
  readonly now?: () => number
  readonly sweepIntervalMs?: number
  /** What is remembered (`openRegistry`); without it only an app's runtimes are there. */
  readonly registry?: Registry
  /** Where the archives of directly deployed code are, and are unpacked to. */
  readonly code?: CodeSource
  /** Container images whose build folder is known. */
  readonly images?: ImageSource
  /** PATH, where interpreters are looked up. */
  readonly path?: string
  /** What `docker` and its like are given; PATH alone when it is left out. */
  readonly engineEnvironment?: Readonly<Record<string, string>>
  readonly authorizerFor?: AuthorizerFor
  readonly identities?: LinkedIdentities
  readonly workloadTokens?: WorkloadTokens
  readonly aws?: Pick<AwsAuthenticator, 'claim'>
  /** What servers made through the API are given besides their own variables, which win. */
  readonly platformEnvironment?: PlatformEnvironment
}

export interface Runtimes extends AsyncDisposable, RuntimeResources {
  control(): Promise<AgentRuntimeOperations>
  /**
   * Makes a new version what new sessions use, once a process of it answers; running sessions keep
   * theirs. When it does not come up it is refused with what it wrote last, and nothing changes.
   */
  putRuntime(configuration: AgentRuntimeConfiguration): Promise<DeployedRuntime>
  /** Removes what `putRuntime` put. */
  deleteRuntime(agentRuntimeId: string): Promise<void>
  /** Answers one request on `exchange.response`; never rejects. */
  serve(exchange: Exchange, target: RuntimeTarget): Promise<void>
  /** The RFC 9728 document of a runtime; undefined when it asks nobody for a token. */
  describeResource(arn: string, about: { readonly resource: string }): object | undefined
}

const SWEEP_INTERVAL_MS = 1_000
/** What a former host did not finish waits until this one has started: it would share the processor. */
const RESUME_AFTER_MS = 1_000
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin'

/** Starts no process but those of deployments that a former host did not finish. */
export function startRuntimes(options: RuntimesOptions): Runtimes {
  const { log, tempDir, preloads, onLine, now = Date.now, code, path = DEFAULT_PATH } = options
  const { registry = createRegistry(), identities } = options
  const lifetime = new AbortController()
  const { signal } = lifetime
  const gate = createStartGate(Math.max(2, availableParallelism()))
  const sessions = createSessionTable({ maxSessions: options.maxSessions, now, log })
  let loadingStarter: Promise<VersionStarter> | undefined
  /** What an app file describes is started without it. */
  const loadStarter = () =>
    (loadingStarter ??= import('./version-starter.ts').then(({ createVersionStarter }) =>
      createVersionStarter({
        code,
        images: options.images,
        path,
        engineEnvironment: options.engineEnvironment ?? { PATH: path },
        tempDir,
        preloads,
        signal,
        onLine:
          ({ agentRuntimeId }) =>
          (line, stream, runtimeSessionId) =>
            onLine?.({ agentRuntimeId, runtimeSessionId, stream, line }),
        platformEnvironment: options.platformEnvironment ?? (() => ({})),
      }),
    ))
  const starter: VersionStarter = {
    prepare: async (...version) => (await loadStarter()).prepare(...version),
    start: async (...version) => (await loadStarter()).start(...version),
    keepOnly: async (codeSha256s) => (await loadStarter()).keepOnly(codeSha256s),
  }
  const { authorizerFor } = options
  const served = createServedVersions({ starter, gate, authorizerFor, log, now })
  let loading: Promise<RuntimeControl> | undefined
  /** Most hosts of an app never need it. */
  const loadControl = () =>
    (loading ??= import('./runtime-control.ts').then(({ createRuntimeControl }) =>
      createRuntimeControl({
        registry,
        starter,
        served,
        sessions,
        identities,
        signal,
        now,
        log,
      }),
    ))
  const resume = async () => {
    if (hasUnfinished(registry)) (await loadControl()).resume()
  }

  const app = createAppRuntimes({
    registry,
    served,
    sessions,
    gate,
    identities,
    start: { tempDir, preloads, signal, onLine },
    log,
    now,
  })
  const context = {
    runtimes: {
      find: (id: string) => registry.find(id),
      serve: (entry: RuntimeEntry, version: string) => served.get(entry, version),
    },
    sessions,
    aws: options.aws,
    signedBodies: createSignedBodies(),
    callerTokens: createCallerTokens(options.workloadTokens, { now, log }),
    log,
  }
  const sweep = () => {
    sessions.sweep()
    served.sweep()
  }
  const timer = setInterval(sweep, options.sweepIntervalMs ?? SWEEP_INTERVAL_MS).unref()
  const resuming = setTimeout(() => void resume(), RESUME_AFTER_MS).unref()

  return {
    ...createRuntimeResources(registry),
    control: async () => (await loadControl()).operations,
    putRuntime: (configuration) => app.put(configuration),
    deleteRuntime: (agentRuntimeId) => app.remove(agentRuntimeId),
    serve: (exchange, target) => serveRuntime(exchange, target, context),
    describeResource(arn, about) {
      const entry = registry.find(parseAgentRuntimeId(arn.split('/').at(-1) ?? '') ?? '')
      if (entry?.record.agentRuntimeArn !== arn) return undefined
      const target = { arn, operation: 'metadata', qualifier: 'DEFAULT' } as const
      return describeResource(findRuntime(target, context.runtimes).version, about)
    },
    async [Symbol.asyncDispose]() {
      lifetime.abort()
      clearInterval(timer)
      clearTimeout(resuming)
      const control = await loading
      await app.settled()
      await sessions.endAll('The host is stopping')
      await Promise.all([control?.settled(), served.stop()])
    },
  }
}
