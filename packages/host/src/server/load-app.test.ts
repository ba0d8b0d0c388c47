import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { loadApp } from './load-app.ts'

async function folder(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'catamaran-load-app-'))
  const dir = join(root, 'my tools')
  await mkdir(dir)
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  return { dir, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}

test('a server file stands for one function, one gateway and one runtime', async ({ expect }) => {
  await using it = await folder({ 'server.ts': 'export default {}', '.env': 'KEY=value' })
  const { name, app } = await loadApp(it.dir)
  expect(name).toBe('my-tools')
  expect(app.functions['my-tools']).toMatchObject({
    handler: 'server.default.handler',
    environment: { KEY: 'value' },
  })
  expect(Object.keys(app.gateways)).toEqual(['my-tools'])
  expect(app.runtimes['my_tools']).toMatchObject({ server: 'server.ts' })
})

test('an app file is evaluated afresh each time, and wins over a server file', async ({
  expect,
}) => {
  const runtime = (name: string) =>
    `import { defineApp } from 'catamaran/app'\nexport default defineApp({ runtimes: { ${name}: { command: ['true'] } } })`
  await using it = await folder({ 'server.ts': '', 'catamaran.app.ts': runtime('first') })
  expect(Object.keys((await loadApp(it.dir)).app.runtimes)).toEqual(['first'])
  await writeFile(join(it.dir, 'catamaran.app.ts'), runtime('second'))
  expect(Object.keys((await loadApp(it.dir)).app.runtimes)).toEqual(['second'])
})

test('an app file that throws is refused with its own words', async ({ expect }) => {
  await using it = await folder({ 'catamaran.app.ts': "throw new Error('no luck')" })
  await expect(loadApp(it.dir)).rejects.toThrow(
    /catamaran\.app\.ts cannot be evaluated:[^]*no luck/,
  )
})

test('a JSON app file that is not JSON is refused', async ({ expect }) => {
  await using it = await folder({ 'catamaran.app.json': '{' })
  await expect(loadApp(it.dir)).rejects.toThrow('catamaran.app.json is not JSON')
})

test('what cannot be hosted is refused with what could', async ({ expect }) => {
  await using it = await folder({ 'notes.txt': '', 'a.b.ts': '' })
  await expect(loadApp(join(it.dir, 'missing'))).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  await expect(loadApp(it.dir)).rejects.toThrow('neither catamaran.app.ts nor server.ts')
  await expect(loadApp(join(it.dir, 'notes.txt'))).rejects.toThrow('not a TypeScript or JavaScript')
  await expect(loadApp(join(it.dir, 'a.b.ts'))).rejects.toThrow('rename it')
})
