import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const COMMAND = fileURLToPath(new URL('../../../host/bin/catamaran.js', import.meta.url))

export interface CommandEnd {
  readonly exitCode: number | null
  readonly stdout: string
  /** Both streams, as a person would see them. */
  readonly output: string
}

/** Runs `catamaran …` to its end. */
export async function catamaran(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, stdout, output }
}
