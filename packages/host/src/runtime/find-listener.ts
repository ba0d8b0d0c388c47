import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** Where a server listens: loopback, of one family or the other. */
export interface Listener {
  readonly host: '127.0.0.1' | '::1'
  readonly port: number
}

const POLL_MS = 4
const CALM_POLL_MS = 25
const CALM_AFTER_MS = 2_000

/**
 * Waits until something accepts connections. AgentCore's own probe for MCP servers is not documented; a
 * connection that is accepted is the assumption. Undefined when `shouldStop` says so.
 */
export async function findListener(options: {
  /** Where the server is, as soon as that is known. */
  readonly findAddress: () => Listener | undefined
  readonly shouldStop: () => boolean
}): Promise<Listener | undefined> {
  const { findAddress, shouldStop } = options
  const startedAt = performance.now()
  while (!shouldStop()) {
    const listener = findAddress()
    if (listener && (await acceptsConnections(listener))) return listener
    await delay(performance.now() - startedAt > CALM_AFTER_MS ? CALM_POLL_MS : POLL_MS)
  }
  return undefined
}

/** The address that the preload of Node or Python wrote down, once it has. */
export function readPortFile(portFile: string): Listener | undefined {
  if (!existsSync(portFile)) return undefined
  const [host, port] = readFileSync(portFile, 'utf8').split(' ')
  // Written by a process that is not trusted: it can name no other machine than this one.
  return { host: host === '::1' ? '::1' : '127.0.0.1', port: Number(port) & 0xffff }
}

async function acceptsConnections({ host, port }: Listener): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const settle = (accepts: boolean) => {
      socket.destroy()
      resolve(accepts)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}
