// Every example tells its own story and checks it; this runs them as a reader would.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

const EXAMPLES = ['greet', 'web-search', 'python-lambda', 'python-mcp-server']
/** A first installation of Python packages takes its time. */
const LIMIT_MS = 300_000

for (const name of EXAMPLES) {
  test(`examples/${name} works`, { timeout: LIMIT_MS }, async ({ expect, skip }) => {
    const { exitCode, output } = await runCheck(name)
    expect(exitCode, output).toBe(0)
    const reason = /^skipped: (.*)$/m.exec(output)?.[1]
    if (reason !== undefined) {
      process.stderr.write(`examples/${name} skipped: ${reason}\n`)
      skip(reason)
    }
    expect(output).toMatch(/^ok: /m)
  })
}

async function runCheck(name: string): Promise<{ exitCode: number | null; output: string }> {
  const folder = fileURLToPath(new URL(`../examples/${name}`, import.meta.url))
  const child = spawn(process.execPath, ['check.ts'], { cwd: folder, stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, output }
}
