import { callHttp } from '../http/call.ts'
import type { Listener } from './find-listener.ts'

export type Health = 'Healthy' | 'HealthyBusy'

const HEALTH_ANSWER_MS = 2_000
const MAX_HEALTH_BYTES = 64 * 1024

/**
 * What a server says of itself (AgentCore developer guide, HTTP protocol contract); undefined when it
 * does not answer 200. Every other text than `HealthyBusy` counts as `Healthy`.
 */
export async function askHealth(
  { host, port }: Listener,
  path: string,
): Promise<Health | undefined> {
  try {
    const url = `http://${host === '::1' ? '[::1]' : host}:${port}${path}`
    const options = { timeoutMs: HEALTH_ANSWER_MS, maxBytes: MAX_HEALTH_BYTES }
    const { status, body } = await callHttp(url, options)
    if (status !== 200) return undefined
    return /"status"\s*:\s*"HealthyBusy"/i.test(body) ? 'HealthyBusy' : 'Healthy'
  } catch {
    return undefined // no answer is an answer: it is not well
  }
}
