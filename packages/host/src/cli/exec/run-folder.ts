import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunFolder {
  readonly path: string
  /** From now on, `target` (a process, or a group when negative) does not outlive this one. */
  guard(target: number): void
  /** Removes the folder; the target is left alone. */
  remove(): Promise<void>
}

/**
 * Reads the target, then one more line. A pipe that ends without that line means that the process which
 * held it was killed: what it guarded ends too. The folder goes in any case.
 */
const KEEPER = `
trap '' HUP INT TERM QUIT
read -r target
read -r left
if [ -z "$left" ] && [ -n "$target" ]; then kill -s KILL -- "$target" 2>/dev/null; fi
rm -rf -- "$1"`

/** A private folder that is gone when this process is, however it ends: a small shell waits for that. */
export async function createRunFolder(): Promise<RunFolder> {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-exec-'))
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'catamaran-exec', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    detached: true, // Ctrl-C in the terminal is for the program
  })
  const gone = once(keeper, 'exit')
  keeper.stdin.on('error', () => {}) // it has left already, with the folder
  await once(keeper, 'spawn')
  return {
    path,
    guard: (target) => void keeper.stdin.write(`${target}\n`),
    async remove() {
      keeper.stdin.end('left\nleft\n') // the second is for a run that guarded nothing
      await gone
    },
  }
}
