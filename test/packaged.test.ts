// What is published, on the oldest Node it is published for: built, packed, installed into an empty
// folder, and run there.
import { execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test } from 'vitest'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OLDEST_NODE = '22.13.1'
const LIMIT_MS = 240_000

test('the packages run on the oldest Node', { timeout: LIMIT_MS }, async ({ expect, skip }) => {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-packaged-'))
  try {
    const reason = await install(folder)
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
})

/** Undefined, or why the packages could not be installed here. */
async function install(folder: string): Promise<string | undefined> {
  const built = join(folder, 'built')
  await run(process.execPath, [join(ROOT, 'scripts/build-packages.ts'), built])
  await mkdir(join(folder, 'packed'))
  for (const name of ['tools', 'host']) {
    const cwd = join(built, name)
    await run('npm', ['pack', '--pack-destination', join(folder, 'packed')], { cwd })
  }
  await rm(built, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await cp(join(ROOT, 'examples/greet/server.ts'), join(folder, 'server.ts'))
  const packed = (await readdir(join(folder, 'packed'))).map((file) => `./packed/${file}`)
  try {
    const args = ['install', '--no-audit', '--no-fund', ...packed, `node@${OLDEST_NODE}`, 'zod@4']
    await run('npm', args, { cwd: folder })
    return undefined
  } catch (error) {
    const { stderr } = error as { stderr: string }
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(stderr)) {
      return 'the npm registry cannot be reached'
    }
    throw error
  }
}
