// The composition root: builds every feature from one set of options, hands each its ports, listens,
// and stops everything in the reverse order.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startFunctions } from '../functions/functions.ts'
import { createGateways } from '../gateway/gateways.ts'
import type { Issuer } from '../issuer/issuer.ts'
import { createCleanup } from '../kernel/cleanup.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { loadSealer } from '../kernel/seal.ts'
import { startRuntimes } from '../runtime/start-runtimes.ts'
import { openStore } from '../store/store.ts'
import { openDataDir } from './data-dir.ts'
import { createDeployer, type Deployed } from './deploy.ts'
import { runtimeFolder, runtimeUrl } from './child-files.ts'
import { functionInvoker } from './function-invoker.ts'
import { listen } from './listen.ts'
import type { LoadedApp } from './load-app.ts'
import { localIssuer, type LocalClient } from './local-issuer.ts'
import { serveRequest } from './serve.ts'
import { sharedAuthorizers } from './shared-authorizers.ts'

export interface HostOptions {
  readonly app: LoadedApp
  readonly host?: string
  /** The first of these that is free; 0 takes any. */
  readonly ports: readonly number[]
  readonly dataDir: string
  /** False opens every gateway and runtime to anybody who reaches the port. */
  readonly auth: boolean
  readonly log: Log
  /** Folder of V8's compile cache, shared by the host and its children. */
  readonly compileCache?: string
  readonly warmSessions?: number
  readonly maxSessions?: number
  readonly maxConcurrency?: number
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
  stop(): Promise<void>
}

/** How long requests in flight may go on after a stop was asked for. */
const STOP_GRACE_MS = 2_000

/** Starts a host: afterwards both hulls of the app answer on one port. */
export async function startApp(options: HostOptions): Promise<Host> {
  const { dataDir, log, auth } = options
  const tempDir = await openDataDir(dataDir)
  const cleanup = createCleanup()
  cleanup.defer(() => rm(tempDir, { recursive: true, force: true }))
  try {
    const store = cleanup.use(openStore(join(dataDir, 'catamaran.db')))
    const sealer = await loadSealer(join(dataDir, 'master.key'))
    const functions = cleanup.use(
      await startFunctions({
        log,
        logDir: join(dataDir, 'logs', 'functions'),
        tempDir: join(tempDir, 'functions'),
        maxConcurrency: options.maxConcurrency ?? 64,
        idleMs: 600_000,
        ...(process.env['PATH'] !== undefined && { path: process.env['PATH'] }),
        onLine: ({ functionName, line }) => options.onLine?.(functionName, line),
      }),
    )
    const runtimeTemp = join(tempDir, 'runtimes')
    await mkdir(runtimeTemp)
    const runtimes = cleanup.use(
      startRuntimes({
        log,
        tempDir: runtimeTemp,
        maxSessions: options.maxSessions ?? 200,
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
    const authorizerFor = sharedAuthorizers(log)
    let issuer: Issuer | undefined
    let url = ''
    const gateways = createGateways({
      functions: functionInvoker(functions),
      authorizerFor,
      log,
    })
    const listener = await listen({
      host: options.host ?? '127.0.0.1',
      ports: options.ports,
      allowed: { hosts: new Set(), origins: new Set() },
      log,
      serve: (exchange) => serveRequest(exchange, { gateways, runtimes, issuer: () => issuer }),
    })
    cleanup.defer(() => listener.close(STOP_GRACE_MS))
    url = listener.url
    const local = auth ? await localIssuer({ store, sealer, baseUrl: () => url, log }) : undefined
    issuer = local && cleanup.use(local.issuer)
    const deployer = createDeployer({
      ...options,
      url,
      store,
      functions,
      gateways,
      runtimes,
      authorizerFor,
      client: local?.client,
    })
    let deployed = await deployer.deploy(options.app)
    let deploying: Promise<unknown> = Promise.resolve()
    let isStopping = false
    const stop = async () => {
      isStopping = true
      await Promise.race([deploying, delay(STOP_GRACE_MS, undefined, { ref: false })])
      await cleanup.run()
    }
    return {
      url,
      oauth: local?.client,
      deployed: () => deployed,
      async reload(app) {
        if (isStopping) throw new HostError('ERR_CONFLICT', 'The host is stopping')
        const changed = deployer.deploy(app)
        deploying = changed.catch(() => {}) // told to whoever asked for the reload
        return (deployed = await changed)
      },
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await cleanup.run()
    throw error
  }
}
