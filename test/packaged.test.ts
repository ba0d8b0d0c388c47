// What is published, on the oldest Node it is published for: built, packed, installed into an empty
// folder, and run there.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { installPacked, OLDEST_NODE, PACKED_LIMIT_MS } from './support/install-packed.ts'

const run = promisify(execFile)

test(
  'the packages run on the oldest Node',
  { timeout: PACKED_LIMIT_MS },
  async ({ expect, skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'catamaran-packaged-'))
    try {
      const reason = await installPacked(folder, ['tools', 'host'], ['zod@4'])
      if (reason !== undefined) {
        process.stderr.write(`the packaged host skipped: ${reason}\n`)
        skip(reason)
      }
      const node = join(folder, 'node_modules', 'node', 'bin', 'node')
      const main = join(folder, 'node_modules', 'catamaran', 'bin', 'catamaran.js')
      const env = { ...process.env, HOME: folder, XDG_STATE_HOME: '', XDG_CACHE_HOME: '' }
      expect((await run(node, ['--version'])).stdout).toBe(`v${OLDEST_NODE}\n`)
      const host = spawn(node, [main, 'up', 'server.ts', '--json', '--port', '0'], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string]
      expect(JSON.parse(line)).toMatchObject({ ready: true })
      for (const via of ['gateway', 'runtime']) {
        const args = [main, 'call', 'greet_user', '{"name":"Ada"}', '--via', via]
        const { stdout } = await run(node, args, { env })
        expect(stdout).toBe('Hello, Ada! Nice to meet you. This is a test message.\n')
      }
      host.kill('SIGINT')
      expect(await once(host, 'exit')).toEqual([0, null])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
