import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog, type Log } from '../kernel/log.ts'
import { startApp, type Host } from './host.ts'
import { loadApp } from './load-app.ts'
import { localSettings } from './local-settings.ts'

export interface StartHostOptions {
  /**
   * A `defineServer` file, an app file, or a folder with one of them. Default: nothing is hosted but
   * what clients create through the AWS API.
   */
  readonly path?: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Default: a temporary folder that is removed with the host. */
  readonly dataDir?: string
  /** Default true. */
  readonly auth?: boolean
  readonly log?: Log
}

/**
 * Starts a host inside this program, for tests: `await using host = await startHost({ path: '.' })`.
 * Rejects with a `HostError` when the app cannot be read or does not start.
 */
export async function startHost(options: StartHostOptions = {}): Promise<Host> {
  const app = options.path === undefined ? undefined : await loadApp(options.path)
  const temporary = options.dataDir === undefined
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'catamaran-')))
  const remove = () => (temporary ? rm(dataDir, { recursive: true, force: true }) : undefined)
  try {
    const { port = 0, auth = true, log = silentLog } = options
    const settings = localSettings({ dataDir, ports: [port], auth })
    const host = await startApp(settings, { app, log })
    const stop = async () => {
      await host.stop()
      await remove()
    }
    return { ...host, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await remove()
    throw error
  }
}
