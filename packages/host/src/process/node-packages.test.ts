import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { findProgram } from './find-program.ts'
import { installNodePackage } from './node-packages.ts'

const PATH = process.env['PATH'] ?? '/usr/bin:/bin'
const npm = await findProgram('npm', PATH)
if (npm === undefined) console.log('Skipped: no npm in PATH')
const test = base.skipIf(npm === undefined)

async function world() {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-test-'))
  const lines: string[] = []
  return {
    path,
    lines,
    cacheDir: join(path, 'cache'),
    install: (range: string, searchPath = PATH) =>
      installNodePackage({
        name: '@tiny/thing',
        range,
        cacheDir: join(path, 'cache'),
        env: { PATH: searchPath, HOME: path },
        onProgress: (line) => lines.push(line),
      }),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** An archive that npm installs offline. */
async function writePackage(path: string): Promise<string> {
  const folder = join(path, 'package')
  await mkdir(folder)
  const description = { name: '@tiny/thing', version: '1.0.0', main: 'index.js' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(description))
  await writeFile(join(folder, 'index.js'), 'exports.x = 1')
  execFileSync('tar', ['-czf', join(path, 'thing.tgz'), '-C', path, 'package'])
  return join(path, 'thing.tgz')
}

test('a package is installed once, also when asked for twice at the same time', async ({
  expect,
}) => {
  await using it = await world()
  const archive = await writePackage(it.path)
  const range = `file:${archive}`
  const [first, second] = await Promise.all([it.install(range), it.install(range)])
  expect(second).toBe(first)
  const file = join(first, 'node_modules', '@tiny', 'thing', 'index.js')
  expect(await readFile(file, 'utf8')).toBe('exports.x = 1')
  expect(it.lines).toEqual(['Installing @tiny/thing with npm'])
})

test('an install that fails says why and leaves nothing', async ({ expect }) => {
  await using it = await world()
  await expect(it.install('file:/nowhere/thing.tgz')).rejects.toMatchObject({
    code: 'ERR_TARGET_FAILED',
    message: expect.stringContaining('@tiny/thing cannot be installed from the npm registry:'),
  })
  expect(await readdir(it.cacheDir)).toEqual([])
})

test('without npm the refusal says what is missing', async ({ expect }) => {
  await using it = await world()
  await expect(it.install('1', '/nowhere')).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
    message: '@tiny/thing cannot be installed: npm was not found in PATH. Install Node.js with npm',
  })
})
