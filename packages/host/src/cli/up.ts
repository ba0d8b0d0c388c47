import { join, resolve } from 'node:path'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { checkHulls } from '../server/check-hulls.ts'
import { startApp, type Host } from '../server/host.ts'
import type { HostSettings } from '../server/host-settings.ts'
import { loadApp, type LoadedApp } from '../server/load-app.ts'
import { localSettings } from '../server/local-settings.ts'
import { Secret } from '../server/secret.ts'
import { watchSources } from '../server/watch.ts'
import { requestToken } from './access-token.ts'
import type { UpFlags } from './flags.ts'
import { openLog, publish, refuseSecondHost, waitForSignal } from './host-process.ts'
import { describeEmpty, describeReady, describeReload, readyLine } from './up-report.ts'

const DEFAULT_PORT = 4_420
/** Without `--port`, a taken default gives way to the next free one. */
const DEFAULT_PORTS = Array.from({ length: 10 }, (_, index) => DEFAULT_PORT + index)

/** `catamaran up`: starts, checks, reports, reloads on save, and ends everything on a signal. */
export async function up(path: string, flags: UpFlags): Promise<void> {
  const stopped = waitForSignal()
  const app = flags.empty ? undefined : await loadApp(path)
  const settings = readSettings(flags, app?.dir ?? process.cwd())
  await refuseSecondHost(settings.dataDir)
  const { log, closeLog } = await openLog(settings.dataDir)
  const host = await startApp(settings, {
    app,
    log,
    compileCache: process.env['CATAMARAN_COMPILE_CACHE'],
    onLine: (source, line) => process.stderr.write(`${source} | ${line}\n`),
    onProgress: (message) => process.stderr.write(`${message}\n`),
  })
  try {
    const report = app && (await checkReady(host, app))
    const unpublish = await publish({ host, appFile: app?.file ?? '', settings })
    const startMs = Math.round(performance.now())
    if (flags.json) process.stdout.write(`${readyLine({ host, startMs })}\n`)
    else process.stdout.write(report ? describeReady({ ...report, startMs }) : describeEmpty(host))
    for (const warning of host.deployed().warnings) process.stderr.write(`warning: ${warning}\n`)
    const watcher =
      app && (await watchSources(app.dir, reloader(host, app, log)).catch(sayUnwatched))
    await stopped
    watcher?.close()
    await unpublish()
  } finally {
    await host.stop()
    await closeLog()
  }
}

function readSettings(flags: UpFlags, dir: string): HostSettings {
  const settings = localSettings({
    dataDir: resolve(flags.dataDir ?? join(dir, '.catamaran')),
    ports: flags.port === undefined ? DEFAULT_PORTS : [flags.port],
    auth: flags.auth,
  })
  const database = readDatabase(flags.database, process.env['CATAMARAN_DATABASE'])
  return database === undefined ? settings : { ...settings, database }
}

/** Everybody on the machine can read a command line, so a password comes in the variable. */
function readDatabase(flag: string | undefined, variable: string | undefined) {
  const text = flag ?? variable
  if (text === undefined || text === '') return undefined
  const url = URL.parse(text)
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      '--database takes a PostgreSQL URL: postgres://user@host/name',
    )
  }
  const hasPassword = url.password !== '' || url.searchParams.has('password')
  if (flag === undefined || !hasPassword) return new Secret(text)
  throw new HostError(
    'ERR_INVALID_INPUT',
    'A password on the command line can be read by others; put the URL into the variable CATAMARAN_DATABASE',
  )
}

async function checkReady(host: Host, app: LoadedApp) {
  const token = host.oauth && (await requestToken(host.oauth)).access_token
  return { host, app, checked: await checkHulls(host.deployed(), token) }
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
