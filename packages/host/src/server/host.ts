// The composition root: builds every feature from one set of settings, hands each its ports, listens,
// and stops everything in the reverse order.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from '../api/create-api.ts'
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
import { createCleanup } from '../kernel/cleanup.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { loadSealer } from '../kernel/seal.ts'
import { runtimeFolder, runtimeUrl } from '../process/child-files.ts'
import { openRegistry } from '../runtime/registry.ts'
import { startRuntimes } from '../runtime/start-runtimes.ts'
import { openDatabase } from '../store/open-database.ts'
import { accessKeys } from './access-keys.ts'
import { openDataDir } from './data-dir.ts'
import { createDeployer, type Deployed } from './deploy.ts'
import type { HostSettings, TlsIdentity } from './host-settings.ts'
import { listen } from './listen.ts'
import { EMPTY_APP, type LoadedApp } from './load-app.ts'
import { localIssuer, type LocalClient } from './local-issuer.ts'
import { rewriteToLocal } from './local-urls.ts'
import { platformEnvironment } from './platform-environment.ts'
import { serveRequest } from './serve.ts'
import { sharedAuthorizers } from './shared-authorizers.ts'
import { watchSources } from './watch.ts'

export interface StartOptions {
  /** Absent: nothing is hosted but what clients create. */
  readonly app?: LoadedApp | undefined
  readonly log: Log
  /** Folder of V8's compile cache, shared by the host and its children. */
  readonly compileCache?: string | undefined
  readonly warmSessions?: number
  /** A line that a tool wrote, for the terminal. */
  readonly onLine?: (source: string, line: string) => void
  /** What takes long (installing packages), for the terminal. */
  readonly onProgress?: (message: string) => void
}

export interface Host extends AsyncDisposable {
  readonly url: string
  readonly oauth: LocalClient | undefined
  readonly deployed: () => Deployed
  /** Replaces what is hosted. When something of the new app cannot start, the old one keeps serving. */
  reload(app: LoadedApp): Promise<Deployed>
  /** New connections get this certificate; refused when the host listens without TLS. */
  updateTls(tls: TlsIdentity): void
  stop(): Promise<void>
}

/** How long requests in flight may go on after a stop was asked for. */
const STOP_GRACE_MS = 2_000

/** Starts a host: afterwards both hulls of the app, and what the store remembers, answer on one port. */
export async function startApp(settings: HostSettings, options: StartOptions): Promise<Host> {
  const { dataDir, outbound } = settings
  const { log, app = EMPTY_APP } = options
  const tempDir = await openDataDir(dataDir)
  const cleanup = createCleanup()
  cleanup.defer(() => rm(tempDir, { recursive: true, force: true }))
  try {
    let listenUrl = ''
    const baseUrl = () => settings.publicUrl ?? listenUrl
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
    const objects = openObjects({
      bucketsDir: join(dataDir, 'buckets'),
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
        ...(path !== undefined && { path }),
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
        objects: { readObject: async ({ uri }) => readFile(await objects.resolveUri(uri)) },
        aws: authenticator,
        rewriteUrl,
        allowLoopback: outbound.allowLoopback,
      }),
    )
    const features = { userPools, identity, functions, runtimes, gateways }
    // The API's tables and codecs are loaded by the first request for it; most of `up` has none.
    let api: Promise<Api> | undefined
    const loadApi = async () => {
      const { awsApi } = await import('./aws-api.ts')
      const functionControl = await storedFunctions.control()
      const verifiesSignatures = settings.accessKeys !== undefined
      const context = { temporaryKeys, verifiesSignatures, authenticator, store, sealer, log }
      const whole = { identity: await identity.whole(), functionControl }
      return awsApi({ ...features, ...whole, ...context })
    }
    const getApi = () =>
      (api ??= loadApi().catch((error: unknown) => {
        api = undefined // the next request tries again
        throw error
      }))
    const listener = await listen({
      host: settings.listen.host,
      ports: settings.listen.ports,
      tls: settings.listen.tls,
      publicUrl: settings.publicUrl,
      allowed: {
        hosts: new Set(settings.allowed.hosts),
        origins: new Set(settings.allowed.origins),
      },
      log,
      serve: (exchange) => serveRequest(exchange, { ...features, api: getApi }),
    })
    cleanup.defer(() => listener.close(STOP_GRACE_MS))
    listenUrl = listener.url
    const local = settings.auth ? await localIssuer({ userPools, store, baseUrl }) : undefined
    const deployer = createDeployer({
      ...options,
      url: listener.url,
      dataDir,
      auth: settings.auth,
      store,
      functions,
      gateways,
      runtimes,
      authorizerFor,
      client: local?.client,
    })
    let deployed = await deployer.deploy(app)
    let deploying: Promise<unknown> = Promise.resolve()
    let isStopping = false
    const stop = async () => {
      isStopping = true
      await Promise.race([deploying, delay(STOP_GRACE_MS, undefined, { ref: false })])
      await cleanup.run()
    }
    return {
      url: listener.url,
      oauth: local?.client,
      deployed: () => deployed,
      async reload(changedApp) {
        if (isStopping) throw new HostError('ERR_CONFLICT', 'The host is stopping')
        const changed = deployer.deploy(changedApp)
        deploying = changed.catch(() => {}) // told to whoever asked for the reload
        return (deployed = await changed)
      },
      updateTls: (tls) => listener.updateTls(tls),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await cleanup.run()
    throw error
  }
}
