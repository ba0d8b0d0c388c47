// What every command that is a host does around it: being found, logging, and ending on a signal.
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { jsonLog, type Log } from '../kernel/log.ts'
import { loadSealer } from '../kernel/seal.ts'
import type { Host } from '../server/host.ts'
import type { HostSettings } from '../server/host-settings.ts'
import { findOtherHostOf, publishHost } from './host-record.ts'

export interface PublishedHost {
  readonly host: Host
  /** The file that says what is hosted; empty when none does. */
  readonly appFile: string
  readonly settings: HostSettings
}

/** One host to a data directory. */
export async function refuseSecondHost(dataDir: string): Promise<void> {
  const running = await findOtherHostOf(dataDir)
  if (running === undefined) return
  throw new HostError(
    'ERR_CONFLICT',
    `A host with this data directory is already up at ${running.url} (process ${running.pid}); stop it, or give this one its own`,
  )
}

/** Lets the other commands find the host; the returned function takes that back. */
export async function publish({
  host,
  appFile,
  settings,
}: PublishedHost): Promise<() => Promise<void>> {
  const { dataDir, masterKey, publicUrl, accessKeys } = settings
  const { gateways, runtimes } = host.deployed()
  const masterKeyFile = join(dataDir, 'master.key')
  const sealer = masterKey === undefined ? await loadSealer(masterKeyFile) : undefined
  return publishHost({
    pid: process.pid,
    url: publicUrl ?? host.url,
    app: appFile,
    dataDir,
    startedAt: new Date().toISOString(),
    gateways: gateways.map(({ name, url }) => ({ name, url })),
    runtimes: runtimes.map(({ name, url }) => ({ name, url })),
    ...(accessKeys && { verifiesSignatures: true }),
    ...(host.oauth &&
      sealer && {
        oauth: {
          poolId: new URL(host.oauth.issuer).pathname.split('/').at(-1) ?? '',
          tokenUrl: host.oauth.tokenUrl,
          clientId: host.oauth.clientId,
          sealedSecret: sealer.seal(host.oauth.clientSecret),
          masterKeyFile,
          scopes: host.oauth.scopes,
        },
      }),
  })
}

/** Structured records in the data directory. */
export async function openLog(
  dataDir: string,
): Promise<{ log: Log; closeLog: () => Promise<void> }> {
  const folder = join(dataDir, 'logs')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stream = createWriteStream(join(folder, 'host.log'), { flags: 'a', mode: 0o600 })
  stream.on('error', () => {}) // a full disk must not stop the host
  const closeLog = () => new Promise<void>((resolve) => stream.end(() => resolve()))
  return { log: jsonLog((line) => void stream.write(line)), closeLog }
}

/** Resolves at the first request to stop; a second one ends the process at once. */
export function waitForSignal(
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'],
): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false
    const onSignal = () => {
      if (isAsked) process.exit(130)
      isAsked = true
      resolve()
    }
    for (const signal of signals) process.on(signal, onSignal)
  })
}
