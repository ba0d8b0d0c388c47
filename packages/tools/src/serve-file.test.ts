import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('serve-file.ts', import.meta.url))
const LIBRARY = new URL('index.ts', import.meta.url).href
const ZOD = import.meta.resolve('zod')

/** A folder with one module, and a process that serves it. */
async function startScript(source: string | undefined, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'serve-file-'))
  const file = join(folder, 'server.ts')
  if (source !== undefined) await writeFile(file, source)
  const args = source === undefined ? [SCRIPT] : [SCRIPT, file]
  const child = spawn(process.execPath, args, {
    env: { HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close')
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const lines = createInterface(child.stdout)
  return {
    child,
    firstLine: async () => String(await once(lines, 'line')),
    exitCode: async () => (await exited)[0] as number | null,
    errors: () => errors,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true })
    },
  }
}

const GREETER = `
import { defineServer, tool } from ${JSON.stringify(LIBRARY)}
import { z } from ${JSON.stringify(ZOD)}
setInterval(() => {}, 1_000_000) // an author's pool that nobody closes
export default defineServer({
  name: 'greeter',
  tools: [tool({ name: 'greet', description: 'Greet', input: z.object({}), handler: () => 'Hello' })],
})
`

test.for(['SIGTERM', 'SIGINT'] as const)('serves until %s', async (signal, { expect }) => {
  await using script = await startScript(GREETER)
  const line = await script.firstLine()
  expect(line).toMatch(/^INFO greeter serves MCP on port \d+, POST \/mcp$/)
  const port = /port (\d+)/.exec(line)?.[1]
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet"}}',
  })
  expect(await response.json()).toMatchObject({ result: { content: [{ text: 'Hello' }] } })
  script.child.kill(signal)
  expect(await script.exitCode()).toBe(0)
  expect(script.errors()).toBe('')
})

test.for<[string, string | undefined, string, Record<string, string>]>([
  ['no file', undefined, 'Name the file to serve', {}],
  ['no default export', 'export const server = 1', 'add `export default defineServer', {}],
  ['another default export', 'export default 1', 'add `export default defineServer', {}],
  ['a wrong port', GREETER, 'PORT must be a number', { PORT: 'eighty' }],
])('%s is told, with exit code 2', async ([, source, message, env], { expect }) => {
  await using script = await startScript(source?.replace(/^setInterval.*$/m, ''), env)
  expect(await script.exitCode()).toBe(2)
  expect(script.errors()).toContain(message)
})
