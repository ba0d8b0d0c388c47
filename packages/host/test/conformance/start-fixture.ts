import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const FIXTURE = fileURLToPath(new URL('fixture-server.ts', import.meta.url))

/** The fixture as a process of its own, called without a host in between. */
export async function startFixture(): Promise<{ readonly url: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [FIXTURE], {
    env: { HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { port } = z.object({ port: z.number() }).parse(JSON.parse(String(line)))
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
