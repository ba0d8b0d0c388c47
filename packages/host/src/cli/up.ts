import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { jsonLog, type Log } from '../kernel/log.ts'
import { loadSealer } from '../kernel/seal.ts'
import { checkHulls } from '../server/check-hulls.ts'
import { startApp, type Host } from '../server/host.ts'
import { loadApp, type LoadedApp } from '../server/load-app.ts'
import { watchSources } from '../server/watch.ts'
import { requestToken } from './access-token.ts'
import { findHostOf, publishHost } from './host-record.ts'
import type { UpFlags } from './flags.ts'
import { describeReady, describeReload, readyLine } from './up-report.ts'

const DEFAULT_PORT = 4_420
/** Without `--port`, a taken default gives way to the next free one. */
const DEFAULT_PORTS = Array.from({ length: 10 }, (_, index) => DEFAULT_PORT + index)

/** `catamaran up`: starts, checks, reports, reloads on save, and ends everything on a signal. */
export async function up(path: string, flags: UpFlags): Promise<void> {
  const stopped = waitForSignal()
  const app = await loadApp(path)
  const dataDir = resolve(flags.dataDir ?? join(app.dir, '.catamaran'))
  await refuseSecondHost(dataDir)
  const { log, closeLog } = await openLog(dataDir)
  const compileCache = process.env['CATAMARAN_COMPILE_CACHE']
  const host = await startApp({
    app,
    ports: flags.port === undefined ? DEFAULT_PORTS : [flags.port],
    dataDir,
    auth: flags.auth,
    log,
    ...(compileCache !== undefined && { compileCache }),
    onLine: (source, line) => process.stderr.write(`${source} | ${line}\n`),
    onProgress: (message) => process.stderr.write(`${message}\n`),
  })
  try {
    const token = host.oauth && (await requestToken(host.oauth)).access_token
    const checked = await checkHulls(host.deployed(), token)
    const startMs = Math.round(performance.now())
    const unpublish = await publish(host, app, dataDir)
    const report = { host, app, checked, startMs }
    process.stdout.write(flags.json ? `${readyLine(report)}\n` : describeReady(report))
    for (const warning of host.deployed().warnings) process.stderr.write(`warning: ${warning}\n`)
    const watcher = await watchSources(app.dir, reloader(host, app, log)).catch(sayUnwatched)
    await stopped
    watcher?.close()
    await unpublish()
  } finally {
    await host.stop()
    await closeLog()
  }
}

/** The system may have no watch left to give; that is no reason not to serve. */
function sayUnwatched(error: unknown): undefined {
  process.stderr.write(
    `Saved files will not be noticed (${errorMessage(error)}); start again to bring changes in\n`,
  )
}

/** One reload at a time; a save during one is followed by another. */
function reloader(host: Host, { file }: LoadedApp, log: Log): () => void {
  let running: Promise<void> | undefined
  let isStale = false
  async function reload(): Promise<void> {
    do {
      isStale = false
      const startedMs = performance.now()
      try {
        const deployed = await host.reload(await loadApp(file))
        process.stderr.write(describeReload(deployed, performance.now() - startedMs))
      } catch (error) {
        log.warn('Reload refused', { cause: errorMessage(error) })
        process.stderr.write(`The old code keeps serving. ${errorMessage(error)}\n`)
      }
    } while (isStale)
  }
  return () => {
    isStale = true
    running ??= reload().finally(() => (running = undefined))
  }
}

async function refuseSecondHost(dataDir: string): Promise<void> {
  const running = await findHostOf(dataDir)
  if (running === undefined) return
  throw new HostError(
    'ERR_CONFLICT',
    `This app is already up at ${running.url} (process ${running.pid}); stop it, or give this one its own --data-dir`,
  )
}

async function publish(host: Host, app: LoadedApp, dataDir: string): Promise<() => Promise<void>> {
  const { gateways, runtimes } = host.deployed()
  const masterKeyFile = join(dataDir, 'master.key')
  const sealer = await loadSealer(masterKeyFile)
  return publishHost({
    pid: process.pid,
    url: host.url,
    app: app.file,
    dataDir,
    startedAt: new Date().toISOString(),
    gateways: gateways.map(({ name, url }) => ({ name, url })),
    runtimes: runtimes.map(({ name, url }) => ({ name, url })),
    ...(host.oauth && {
      oauth: {
        tokenUrl: host.oauth.tokenUrl,
        clientId: host.oauth.clientId,
        sealedSecret: sealer.seal(host.oauth.clientSecret),
        masterKeyFile,
        scopes: host.oauth.scopes,
      },
    }),
  })
}

async function openLog(dataDir: string): Promise<{ log: Log; closeLog: () => Promise<void> }> {
  const folder = join(dataDir, 'logs')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stream = createWriteStream(join(folder, 'host.log'), { flags: 'a', mode: 0o600 })
  stream.on('error', () => {}) // a full disk must not stop the host
  const closeLog = () => new Promise<void>((resolve) => stream.end(() => resolve()))
  return { log: jsonLog((line) => void stream.write(line)), closeLog }
}

/** Resolves at the first request to stop; a second one ends the process at once. */
function waitForSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false
    const onSignal = () => {
      if (isAsked) process.exit(130)
      isAsked = true
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}
