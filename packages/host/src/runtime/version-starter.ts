import { join } from 'node:path'
import type { CodeStore } from '../code/code-store.ts'
import type { Objects } from '../code/object-store.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type {
  AgentRuntimeRecord,
  CodeConfiguration,
  RuntimeVersionRecord,
  S3Location,
} from './agent-runtime-record.ts'
import { hideValues } from './hide-values.ts'
import type { OciEngine } from './oci-engine.ts'
import type { Preloads } from './server-environment.ts'
import type { ServerProtocolName } from './server-protocol.ts'
import {
  startServerProcess,
  type LineListener,
  type ServerProcess,
  type TidyText,
} from './server-process.ts'

/** From a version's artifact to processes of it. */
export interface VersionStarter {
  /** Brings the artifact onto this machine; resolves with what names the code from now on. */
  prepare(version: RuntimeVersionRecord): Promise<{ readonly codeSha256?: string }>
  /** Starts one process of a version whose artifact is there. */
  start(
    record: AgentRuntimeRecord,
    version: RuntimeVersionRecord,
    codeSha256: string | undefined,
  ): Promise<ServerProcess>
}

export interface CodeSource {
  readonly store: CodeStore
  readonly objects: Objects
}

/** Variables of a server that runs for an account under a role, credentials for instance. */
export type PlatformEnvironment = (about: {
  readonly scope: Scope
  readonly roleArn: string
}) => Readonly<Record<string, string>>

export interface VersionStarterOptions {
  readonly code: CodeSource | undefined
  /** Where interpreters are looked up. */
  readonly path: string
  /** What `docker` and its like are given: PATH, HOME and whatever else their operator needs. */
  readonly engineEnvironment: Readonly<Record<string, string>>
  readonly tempDir: string
  readonly preloads: Preloads
  readonly signal: AbortSignal
  readonly onLine: (record: AgentRuntimeRecord) => LineListener
  /** What every server is given besides its own variables, which win. */
  readonly platformEnvironment: PlatformEnvironment
}

/** What is the same for a process of any kind. */
interface ServerStart {
  readonly protocol: ServerProtocolName
  readonly variables: Readonly<Record<string, string>>
  readonly onLine: LineListener
  readonly tidy: TidyText
}

const SECRET_NAME = /SECRET|TOKEN|PASSWORD/

/** AgentCore quotas: directly deployed code. */
const CODE_LIMITS = { maxZipBytes: 250_000_000, maxUnpackedBytes: 750_000_000 }

export function createVersionStarter(options: VersionStarterOptions): VersionStarter {
  const { code, path, tempDir, preloads, signal } = options
  let engine: Promise<OciEngine> | undefined

  /** An engine that answered once is not asked again; one that did not may have been started since. */
  const findEngine = async () => {
    engine ??= import('./oci-engine.ts').then(({ findOciEngine }) =>
      findOciEngine(options.engineEnvironment),
    )
    engine.catch(() => (engine = undefined))
    return engine
  }

  const startCode = async (
    code: CodeConfiguration,
    dir: string,
    { protocol, variables, onLine, tidy }: ServerStart,
  ) => {
    const { codeCommand } = await import('./code-launch.ts')
    const { command, environment } = await codeCommand(code, dir, path)
    const pythonPath = [environment['PYTHONPATH'], variables['PYTHONPATH']]
      .filter((it) => it !== undefined)
      .join(':')
    const launch = {
      command,
      cwd: dir,
      protocol,
      environment: {
        PATH: path,
        ...variables,
        ...(pythonPath !== '' && { PYTHONPATH: pythonPath }),
        // Sessions share the code's folder; what Python compiles belongs to none of them.
        PYTHONPYCACHEPREFIX: join(tempDir, 'pycache'),
      },
    }
    return startServerProcess(launch, { tempDir, preloads, onLine, tidy, signal })
  }

  return {
    async prepare({ definition: { agentRuntimeArtifact: artifact } }) {
      signal.throwIfAborted()
      if (artifact === undefined) return {}
      if (artifact.kind === 'container') {
        const { pullImage } = await import('./container-process.ts')
        await pullImage(await findEngine(), artifact.containerUri, signal)
        return {}
      }
      const { store, objects } = needCode(code)
      const zip = await findArchive(objects, artifact.code.s3)
      const { sha256 } = await store.put({ path: zip }, CODE_LIMITS)
      return { codeSha256: sha256 }
    },

    async start(record, { definition, version }, codeSha256) {
      const { agentRuntimeArtifact: artifact, protocol, roleArn, environmentVariables } = definition
      const { agentRuntimeId, scope } = record
      const platform = options.platformEnvironment({ scope, roleArn })
      const region = { AWS_REGION: scope.region, AWS_DEFAULT_REGION: scope.region }
      const variables = { ...region, ...platform, ...environmentVariables }
      const onLine = options.onLine(record)
      const secrets = { ...secretsIn(platform), ...environmentVariables }
      if (artifact?.kind === 'container') {
        const { startContainer } = await import('./container-process.ts')
        const image = artifact.containerUri
        const launch = { image, agentRuntimeId, protocol, environment: variables }
        const tidy = (text: string) => hideValues(text, secrets)
        return startContainer(launch, { engine: await findEngine(), tempDir, onLine, tidy, signal })
      }
      const found = codeSha256 === undefined ? undefined : needCode(code).store.find(codeSha256)
      if (artifact === undefined || found === undefined) {
        throw new HostError(
          'ERR_NOT_FOUND',
          `The code of version ${version} is not on this machine any more; update the agent runtime`,
        )
      }
      const { dir } = found
      // Tracebacks name files; the caller knows them by their place in the archive.
      const tidy = (text: string) => hideValues(text.replaceAll(dir, '.'), secrets)
      return startCode(artifact.code, dir, { protocol, variables, onLine, tidy })
    },
  }
}

function secretsIn(platform: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(platform).filter(([name]) => SECRET_NAME.test(name)))
}

function needCode(code: CodeSource | undefined): CodeSource {
  if (code !== undefined) return code
  throw new HostError('ERR_NOT_SUPPORTED', 'This host keeps no code; it has no data directory')
}

/** The archive's file. `file:///…` in `prefix` is an extension; bucket names cannot hold it. */
function findArchive(objects: Objects, { bucket, prefix }: S3Location): Promise<string> {
  return prefix.startsWith('file:')
    ? objects.resolveUri(prefix)
    : objects.resolve({ bucket, key: prefix })
}
