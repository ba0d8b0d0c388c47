// Opens every feature of a host over one store and hands each its ports.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createTemporaryKeys } from '../api/sts/temporary-keys.ts'
import { createAwsAuthenticator } from '../aws/authenticate.ts'
import { openCodeStore } from '../code/code-store.ts'
import { openObjects } from '../code/object-store.ts'
import { startFunctions } from '../functions/functions.ts'
import { openStoredFunctions } from '../functions/stored-functions.ts'
import { openGateways } from '../gateway/gateways.ts'
import { createGuardedFetch } from '../http/guarded-fetch.ts'
import { prepareIdentity } from '../identity/prepare-identity.ts'
import { openUserPools } from '../issuer/user-pools.ts'
import type { Cleanup } from '../kernel/cleanup.ts'
import { once } from '../kernel/once.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { loadSealer } from '../kernel/seal.ts'
import { runtimeFolder, runtimeUrl } from '../process/child-files.ts'
import { openRegistry } from '../runtime/registry.ts'
import { startRuntimes } from '../runtime/start-runtimes.ts'
import { openDatabase } from '../store/open-database.ts'
import { accessKeys } from './access-keys.ts'
import type { HostSettings } from './host-settings.ts'
import { rewriteToLocal } from './local-urls.ts'
import { installerEnvironment } from './installer-environment.ts'
import { objectReader } from './object-reader.ts'
import { packageProvider } from './package-provider.ts'
import { platformEnvironment } from './platform-environment.ts'
import { roleSigner } from './role-signer.ts'
import { sharedAuthorizers } from './shared-authorizers.ts'
import type { StartOptions } from './start-options.ts'
import { watchSources } from './watch.ts'

export type Features = Awaited<ReturnType<typeof openFeatures>>

interface FeatureOptions extends Omit<StartOptions, 'app'> {
  /** Known once the host listens; asked for per request. */
  readonly baseUrl: () => string
  /** Emptied at every start. */
  readonly tempDir: string
  /** What was opened is closed by it, the last first. */
  readonly cleanup: Cleanup
}

/** Reads what the store remembers; nothing is served before somebody listens. */
export async function openFeatures(settings: HostSettings, options: FeatureOptions) {
  const { dataDir, outbound } = settings
  const { log, baseUrl, tempDir, cleanup } = options
  const database = settings.database?.reveal() ?? join(dataDir, 'catamaran.db')
  const store = cleanup.use(await openDatabase(database, { log }))
  const { masterKey } = settings
  const sealer = await loadSealer(
    masterKey ? { key: masterKey.reveal() } : join(dataDir, 'master.key'),
  )
  const temporaryKeys = createTemporaryKeys(sealer)
  const authenticator = createAwsAuthenticator({
    mode: settings.accessKeys ? 'verify' : 'well-formed',
    accessKeys: accessKeys(settings.accessKeys ?? [], temporaryKeys),
    defaultAccountId: DEFAULT_SCOPE.accountId,
  })
  const bucketsDir = join(dataDir, 'buckets')
  // Most hosts have no use for what only deployments bring.
  const bucketStore = once(async () => {
    const { openBucketStore } = await import('../code/buckets/open-bucket-store.ts')
    return openBucketStore({ bucketsDir })
  })
  const imageBuilds = once(async () => {
    const { openImageBuilds } = await import('../code/image-builds.ts')
    return openImageBuilds(await bucketStore())
  })
  const objects = openObjects({
    bucketsDir,
    allowFiles: settings.artifacts.allowFiles,
  })
  const userPools = cleanup.use(
    await openUserPools({
      store,
      sealer,
      baseUrl,
      log,
      ...settings.issuer,
    }),
  )
  const rewriteUrl = (url: string): string =>
    rewriteToLocal(url, {
      baseUrl,
      findPoolUrl: (each) => userPools.findLocalUrl(each),
      hasGateway: (gatewayId) => gateways.has(gatewayId),
      hasRuntime: (arn) => runtimes.hasResource(arn),
    })
  const identity = await prepareIdentity({
    store,
    sealer,
    log,
    publicUrl: baseUrl,
    rewriteUrl,
    allowLoopback: outbound.allowLoopback,
    createMissingWorkloadIdentities: settings.identity.createMissing,
  })
  const path = process.env['PATH']
  const functions = cleanup.use(
    await startFunctions({
      log,
      logDir: join(dataDir, 'logs', 'functions'),
      tempDir: join(tempDir, 'functions'),
      maxConcurrency: settings.limits.maxConcurrency,
      idleMs: 600_000,
      providePackage: packageProvider(dataDir),
      ...(path !== undefined && { path }),
      onLine: ({ functionName, line }) => options.onLine?.(functionName, line),
    }),
  )
  const environment = platformEnvironment({
    baseUrl, // under TLS the certificate names the public address, not loopback
    temporaryKeys,
    compileCache: options.compileCache,
  })
  const storedFunctions = cleanup.use(
    await openStoredFunctions({
      functions,
      store,
      sealer,
      log,
      code: openCodeStore({ dir: join(dataDir, 'code', 'functions') }),
      objects,
      ...(settings.artifacts.allowFiles && { watchFolder: watchSources }),
      environment,
    }),
  )
  const runtimeTemp = join(tempDir, 'runtimes')
  await mkdir(runtimeTemp)
  const authorizerFor = sharedAuthorizers({
    log,
    rewriteUrl,
    fetch: createGuardedFetch({
      allowLocal: outbound.allowLoopback,
      isOwnUrl: (url) => url.origin === new URL(baseUrl()).origin,
    }),
  })
  const runtimes = cleanup.use(
    startRuntimes({
      log,
      registry: await openRegistry({ store, sealer }),
      code: { store: openCodeStore({ dir: join(dataDir, 'code', 'runtimes') }), objects },
      images: {
        find: async (scope, uri) => (await imageBuilds()).find(scope, uri),
        dir: join(dataDir, 'code', 'images'),
        installerEnvironment: installerEnvironment(dataDir),
      },
      ...(path !== undefined && { path }),
      engineEnvironment: engineEnvironment(process.env),
      authorizerFor,
      identities: identity.linked,
      workloadTokens: identity.callerTokens,
      aws: authenticator,
      platformEnvironment: environment,
      tempDir: runtimeTemp,
      maxSessions: settings.limits.maxSessions,
      preloads: {
        node: runtimeUrl('node-runtime-preload.mjs'),
        pythonDir: runtimeFolder('python-runtime'),
      },
      onLine: ({ agentRuntimeId, runtimeSessionId, line }) => {
        // What a server says while it waits in the pool concerns nobody; the log has it.
        if (runtimeSessionId === undefined) return
        options.onLine?.(agentRuntimeId.slice(0, agentRuntimeId.lastIndexOf('-')), line)
      },
    }),
  )
  const gateways = cleanup.use(
    await openGateways({
      store,
      functions,
      authorizerFor,
      log,
      baseUrl,
      identities: identity.linked,
      outbound: identity.outbound,
      providers: { kindOf: (arn) => identity.providerKind(arn) },
      objects: objectReader(objects),
      aws: authenticator,
      signer: roleSigner({ temporaryKeys, baseUrl }),
      rewriteUrl,
      allowLoopback: outbound.allowLoopback,
    }),
  )
  return {
    store,
    sealer,
    temporaryKeys,
    authenticator,
    bucketStore,
    imageBuilds,
    objects,
    userPools,
    identity,
    functions,
    storedFunctions,
    authorizerFor,
    runtimes,
    gateways,
  }
}

/** What a container engine's command line needs to find its engine, and nothing else of ours. */
const ENGINE_VARIABLES = ['PATH', 'HOME', 'DOCKER_HOST', 'DOCKER_CONFIG', 'XDG_RUNTIME_DIR']

function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    ENGINE_VARIABLES.flatMap((name) => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
