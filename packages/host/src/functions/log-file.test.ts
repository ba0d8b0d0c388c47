import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { openLogFile } from './log-file.ts'

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-test-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('lines are there after a close, in order, and a log that has none is no file', async ({
  expect,
}) => {
  await using it = await folder()
  const log = openLogFile(join(it.path, 'logs/it.log'))
  openLogFile(join(it.path, 'logs/empty.log')).close()
  for (let index = 0; index < 20_000; index += 1) log.append(`line ${index}`)
  log.close()
  log.append('too late')
  const lines = (await readFile(join(it.path, 'logs/it.log'), 'utf8')).trimEnd().split('\n')
  expect(lines.toSorted()).toEqual(Array.from({ length: 20_000 }, (_, i) => `line ${i}`).toSorted())
  expect(await readdir(join(it.path, 'logs'))).toEqual(['it.log'])
})

test('a log that is full becomes its own predecessor', async ({ expect }) => {
  await using it = await folder()
  const path = join(it.path, 'it.log')
  const log = openLogFile(path, 1_000)
  const written = async (text: string) => {
    while (!(await readFile(path, 'utf8').catch(() => '')).includes(text))
      await new Promise(setImmediate)
  }
  for (const name of ['first', 'second', 'third']) {
    log.append(`${name} ${'x'.repeat(1_000)}`)
    await written(name)
  }
  log.close()
  expect((await readdir(it.path)).toSorted()).toEqual(['it.log', 'it.log.1'])
  expect(await readFile(`${path}.1`, 'utf8')).toMatch(/^second x+\n$/)
})

test('a folder that cannot be written to loses the lines and nothing else', async ({ expect }) => {
  await using it = await folder()
  await writeFile(join(it.path, 'file'), '')
  const log = openLogFile(join(it.path, 'file/it.log'))
  log.append('x'.repeat(100_000))
  log.append('more')
  expect(() => log.close()).not.toThrow()
})
