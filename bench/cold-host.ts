// A host whose pool is empty: every session has to be started.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { silentLog } from '../packages/host/src/kernel/log.ts'
import { startApp } from '../packages/host/src/server/host.ts'
import { loadApp } from '../packages/host/src/server/load-app.ts'
import { localSettings } from '../packages/host/src/server/local-settings.ts'

const app = await loadApp(fileURLToPath(new URL('../examples/greet', import.meta.url)))
const dataDir = await mkdtemp(join(tmpdir(), 'catamaran-bench-'))
const compileCache = process.env['CATAMARAN_COMPILE_CACHE']
const host = await startApp(localSettings({ dataDir, ports: [0], auth: true }), {
  app,
  log: silentLog,
  warmSessions: 0,
  compileCache,
})
const [runtime] = host.deployed().runtimes
console.log(JSON.stringify({ ready: true, url: host.url, runtime, oauth: host.oauth }))
process.once('SIGINT', () => {
  void host
    .stop()
    .then(() => rm(dataDir, { recursive: true, force: true }))
    .then(() => process.exit(0))
})
