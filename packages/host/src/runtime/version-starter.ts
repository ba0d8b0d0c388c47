import { join } from 'node:path'
import type { CodeStore } from '../code/code-store.ts'
import type { ImageBuild } from '../code/image-builds.ts'
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
import type { Images } from './images/images.ts'
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
  prepare(
    record: AgentRuntimeRecord,
    version: RuntimeVersionRecord,
  ): Promise<{ readonly codeSha256?: string }>
  /** Starts one process of a version whose artifact is there. */
  start(
    record: AgentRuntimeRecord,
    version: RuntimeVersionRecord,
    codeSha256: string | undefined,
  ): Promise<ServerProcess>
  /** Removes the code that is not named. */
  keepOnly(codeSha256s: ReadonlySet<string>): Promise<void>
}

export interface CodeSource {
  readonly store: CodeStore
  readonly objects: Objects
}

/** Images whose build folder this host was given: started from there where no container engine is. */
export interface ImageSource {
  /** What an image of the account and Region is built from. */
  find(scope: Scope, imageUri: string): Promise<ImageBuild | undefined>
  /** Where images are prepared. */
  readonly dir: string
  /** What package installers are given: PATH, HOME, proxies and registries. */
  readonly installerEnvironment: Readonly<Record<string, string>>
}

/** Variables of a server that runs for an account under a role, credentials for instance. */
export type PlatformEnvironment = (about: {
  readonly scope: Scope
  readonly roleArn: string
}) => Readonly<Record<string, string>>

export interface VersionStarterOptions {
  readonly code: CodeSource | undefined
  readonly images: ImageSource | undefined
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

/** AgentCore quotas: start of a container; directly deployed code. */
const CONTAINER_START_MS = 120_000
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

  let images: Promise<Images> | undefined
  const loadImages = (source: ImageSource) =>
    (images ??= import('./images/images.ts').then(({ openImages }) =>
      openImages({ ...source, path }),
    ))

  /** By an engine where there is one; otherwise as files, packages and a command of this machine. */
  const prepareContainer = async (scope: Scope, image: string) => {
    const build = await options.images?.find(scope, image)
    const { buildImage, pullImage } = await import('./container-image.ts')
    if (options.images === undefined || build === undefined) {
      await pullImage(await findEngine().catch(options.images && explainMissing), image, signal)
      return {}
    }
    const engine = await findEngine().catch(() => undefined) // then it is not needed either
    if (engine !== undefined) {
      await buildImage(engine, build, { tempDir, signal })
      return {}
    }
    return { codeSha256: await (await loadImages(options.images)).prepare(build, signal) }
  }

  const startImage = async (
    key: string,
    missing: HostError,
    { protocol, variables, onLine, tidy }: ServerStart,
  ) => {
    const image = options.images && (await (await loadImages(options.images)).launch(key))
    if (image === undefined) throw missing
    const { command, cwd, environment, places } = image
    const launch = {
      command,
      cwd,
      protocol,
      environment: {
        ...environment,
        ...variables,
        PYTHONPYCACHEPREFIX: join(tempDir, 'pycache'),
      },
      startTimeoutMs: CONTAINER_START_MS,
    }
    // The caller knows files by their place in the image.
    const tidyPaths = (text: string) =>
      tidy(places.reduce((tidied, [folder, inImage]) => tidied.replaceAll(folder, inImage), text))
    return startServerProcess(launch, { tempDir, preloads, onLine, tidy: tidyPaths, signal })
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
    async prepare({ scope }, { definition: { agentRuntimeArtifact: artifact } }) {
      signal.throwIfAborted()
      if (artifact === undefined) return {}
      if (artifact.kind === 'container') {
        return prepareContainer(scope, artifact.containerUri)
      }
      const { store, objects } = needCode(code)
      const zip = await findArchive(objects, artifact.code.s3, scope)
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
      const missing = new HostError(
        'ERR_NOT_FOUND',
        `The code of version ${version} is not on this machine any more; update the agent runtime`,
      )
      if (artifact?.kind === 'container') {
        if (codeSha256 !== undefined) {
          const tidy = (text: string) => hideValues(text, secrets)
          return startImage(codeSha256, missing, { protocol, variables, onLine, tidy })
        }
        const { startContainer } = await import('./container-process.ts')
        const image = artifact.containerUri
        const launch = { image, agentRuntimeId, protocol, environment: variables }
        const tidy = (text: string) => hideValues(text, secrets)
        return startContainer(launch, { engine: await findEngine(), tempDir, onLine, tidy, signal })
      }
      const found = codeSha256 === undefined ? undefined : needCode(code).store.find(codeSha256)
      if (artifact === undefined || found === undefined) throw missing
      const { dir } = found
      // Tracebacks name files; the caller knows them by their place in the archive.
      const tidy = (text: string) => hideValues(text.replaceAll(dir, '.'), secrets)
      return startCode(artifact.code, dir, { protocol, variables, onLine, tidy })
    },

    async keepOnly(codeSha256s) {
      await code?.store.keepOnly(codeSha256s)
      if (options.images) await (await loadImages(options.images)).keepOnly(codeSha256s)
    },
  }
}

function explainMissing(error: unknown): never {
  if (!(error instanceof HostError)) throw error
  const message = `No deployment has handed over what the image is built from, and ${error.message}`
  throw new HostError(error.code, message, { cause: error })
}

function secretsIn(platform: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(platform).filter(([name]) => SECRET_NAME.test(name)))
}

function needCode(code: CodeSource | undefined): CodeSource {
  if (code !== undefined) return code
  throw new HostError('ERR_NOT_SUPPORTED', 'This host keeps no code; it has no data directory')
}

/** The archive's file. `file:///…` in `prefix` is an extension; bucket names cannot hold it. */
function findArchive(
  objects: Objects,
  { bucket, prefix }: S3Location,
  scope: Scope,
): Promise<string> {
  return prefix.startsWith('file:')
    ? objects.resolveUri(prefix, scope)
    : objects.resolve({ bucket, key: prefix }, scope)
}
