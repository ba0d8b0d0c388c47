import { watchFile, unwatchFile } from 'node:fs'
import { errorMessage } from '../kernel/host-error.ts'
import { jsonLog, type Log } from '../kernel/log.ts'
import type { Config } from '../server/config.ts'
import { startApp, type Host } from '../server/host.ts'
import { loadApp } from '../server/load-app.ts'
import { readConfig } from '../server/read-config.ts'
import { readTls, resolveConfig } from '../server/resolve-config.ts'
import type { ServeFlags } from './flags.ts'
import { publish, refuseSecondHost, waitForSignal } from './host-process.ts'

/** Certificates are often replaced through links, which only looking at them notices. */
const TLS_POLL_MS = 5_000

/**
 * `catamaran serve`: a host for operators. Everything it does comes from the configuration, and every
 * record goes to stdout, one JSON object a line.
 */
export async function serve(args: readonly string[], flags: ServeFlags): Promise<void> {
  const config = await readConfig({ file: flags.config, environment: process.env, args })
  const settings = await resolveConfig(config, process.env)
  const app = config.app === undefined ? undefined : await loadApp(config.app)
  if (flags.check) {
    return void process.stdout.write(`${JSON.stringify({ valid: true, settings }, null, 2)}\n`)
  }
  const stopped = waitForSignal(['SIGINT', 'SIGTERM'])
  await refuseSecondHost(settings.dataDir)
  const log = jsonLog((line) => void process.stdout.write(line))
  const host = await startApp(settings, {
    app,
    log,
    compileCache: process.env['CATAMARAN_COMPILE_CACHE'],
    onLine: (source, line) => log.info(line, { source }),
    onProgress: (message) => log.info(message),
  })
  try {
    const unwatch = watchTls(config.tls, host, log)
    const unpublish = await publish({ host, appFile: app?.file ?? '', settings })
    log.info('Ready', { url: host.url, publicUrl: settings.publicUrl, pid: process.pid })
    for (const warning of host.deployed().warnings) log.warn(warning)
    await stopped
    log.info('Stopping')
    unwatch()
    await unpublish()
  } finally {
    await host.stop()
  }
}

/** Brings a renewed certificate in, when its files change and on SIGHUP; one that is bad changes nothing. */
function watchTls(tls: Config['tls'], host: Host, log: Log): () => void {
  const files = [tls.certFile, tls.keyFile].filter((file) => file !== undefined)
  const reload = () => {
    readTls(tls)
      .then((identity) => {
        if (identity === undefined) return
        host.updateTls(identity)
        log.info('The TLS certificate was read again')
      })
      .catch((error: unknown) =>
        log.warn('The TLS certificate in use stays', { cause: errorMessage(error) }),
      )
  }
  process.on('SIGHUP', reload) // without TLS too: it must not end the host
  for (const file of files) watchFile(file, { interval: TLS_POLL_MS, persistent: false }, reload)
  return () => {
    process.off('SIGHUP', reload)
    for (const file of files) unwatchFile(file, reload)
  }
}
