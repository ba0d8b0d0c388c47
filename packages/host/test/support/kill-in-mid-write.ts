import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Acknowledged {
  readonly acknowledged: readonly number[]
  /** Set when the process left before it was killed: then nothing was tried. */
  readonly failure: string | undefined
}

/**
 * Kills a process that acknowledges each of its writes with a line on stdout, somewhere after `count` of
 * them, and returns every acknowledgement that got out. It goes on writing until the signal arrives, so
 * that where it dies is up to chance.
 */
export async function killInMidWrite(child: ChildProcess, count: number): Promise<Acknowledged> {
  if (child.stdout === null || child.stderr === null) throw new Error('The child needs pipes')
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const closed = once(child, 'close')
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line))
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  const [, signal] = (await closed) as [number | null, NodeJS.Signals | null]
  return { acknowledged, failure: signal === 'SIGKILL' ? undefined : stderr }
}
