// The composition root: opens every feature, listens, deploys the app, and stops everything in the
// reverse order.
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { createCleanup } from '../kernel/cleanup.ts'
import { HostError } from '../kernel/host-error.ts'
import { hasUnfinishedStacks } from '../stacks/has-unfinished.ts'
import { openDataDir } from './data-dir.ts'
import { createDeployer, type Deployed } from './deploy.ts'
import { openFeatures } from './features.ts'
import type { HostSettings, TlsIdentity } from './host-settings.ts'
import { lazyApi } from './lazy-api.ts'
import { listen } from './listen.ts'
import { EMPTY_APP, type LoadedApp } from './load-app.ts'
import { localIssuer, type LocalClient } from './local-issuer.ts'
import { serveRequest } from './serve.ts'
import type { StartOptions } from './start-options.ts'

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
  const { dataDir } = settings
  const { log, app = EMPTY_APP } = options
  const tempDir = await openDataDir(dataDir)
  const cleanup = createCleanup()
  cleanup.defer(() => rm(tempDir, { recursive: true, force: true }))
  try {
    let listenUrl = ''
    const baseUrl = () => settings.publicUrl ?? listenUrl
    const features = await openFeatures(settings, { ...options, baseUrl, tempDir, cleanup })
    const { store, sealer, userPools, functions, runtimes, gateways, authorizerFor } = features
    const surfaces = lazyApi(features, { settings, baseUrl, cleanup, log })
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
      serve: (exchange) => serveRequest(exchange, { ...features, surfaces }),
    })
    cleanup.defer(() => listener.close(STOP_GRACE_MS))
    listenUrl = listener.url
    if (await hasUnfinishedStacks(store, sealer)) await surfaces()
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
