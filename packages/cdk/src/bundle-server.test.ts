import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { BundleError, bundleServer } from './bundle-server.ts'

const FIXTURES = join(import.meta.dirname, '../test/fixtures')

test('CommonJS code works inside the bundle, beside declarations of the same names', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const entry = join(FIXTURES, 'commonjs-server.ts')
  const sources = bundleServer({ entry, kind: 'function', hasSecrets: false }, folder.path)
  expect(sources).toEqual(expect.arrayContaining([entry, join(FIXTURES, 'commonjs/package.cjs')]))
  expect(sources.filter((source) => source.includes('node_modules'))).toEqual([])
  const { handler } = (await import(pathToFileURL(join(folder.path, 'index.js')).href)) as {
    readonly handler: (event: object) => Promise<unknown>
  }
  expect(await handler({})).toBe('index.js on 1 in the same folder')
})

test('the code that reads secrets is only there when there are any', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const entry = join(FIXTURES, 'greet-server.ts')
  bundleServer({ entry, kind: 'process', hasSecrets: false }, folder.path)
  const without = await readFile(join(folder.path, 'index.js'), 'utf8')
  bundleServer({ entry, kind: 'process', hasSecrets: true }, folder.path)
  const withSecrets = await readFile(join(folder.path, 'index.js'), 'utf8')
  expect(without).not.toContain('SecretsManager')
  expect(withSecrets).toContain('SecretsManager')
})

test('what cannot be bundled is named, with file and line', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const entry = join(folder.path, 'lost-server.ts')
  await writeFile(entry, "\nexport { default } from 'no-such-package'\n")
  const bundle = () => bundleServer({ entry, kind: 'process', hasSecrets: false }, folder.path)
  expect(bundle).toThrow(BundleError)
  expect(bundle).toThrow(/lost-server\.ts:2: Could not resolve "no-such-package"/)
  await writeFile(entry, 'export const server = 1\n')
  const call = () => bundleServer({ entry, kind: 'function', hasSecrets: false }, folder.path)
  expect(call).toThrow('its default export has to be a server')
})

async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-bundle-'))
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
