import { join, resolve } from 'node:path'
import type { Cleanup } from '../../kernel/cleanup.ts'
import { startApp } from '../../server/host.ts'
import { localSettings } from '../../server/local-settings.ts'
import { openLog, publish, refuseSecondHost } from '../host-process.ts'
import type { ReachedHost } from '../host-record.ts'

const PORTS = Array.from({ length: 10 }, (_, index) => 4_420 + index)

/** `--up`: a host as `catamaran up --empty` would start it, for as long as this command runs. */
export async function startOwnHost(
  dir: string,
  cleanup: Cleanup,
  say: (line: string) => void,
): Promise<ReachedHost> {
  const settings = localSettings({
    dataDir: resolve(join(dir, '.catamaran')),
    ports: PORTS,
    auth: true,
  })
  await refuseSecondHost(settings.dataDir)
  const { log, closeLog } = await openLog(settings.dataDir)
  cleanup.defer(closeLog)
  const host = await startApp(settings, {
    app: undefined,
    log,
    compileCache: process.env['CATAMARAN_COMPILE_CACHE'],
    onLine: (source, line) => say(`${source} | ${line}`),
    onProgress: say,
  })
  cleanup.defer(() => host.stop())
  cleanup.defer(await publish({ host, appFile: '', settings }))
  return { url: host.url }
}
