import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, vi } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { watchFolder } from './watch-folder.ts'

test('saves are told by name, in new folders too; what tools write is not', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  await mkdir(at('src'))
  await mkdir(at('node_modules'))
  const seen = new Set<string>()
  using _ = await watchFolder({
    dir: folder.path,
    include: ['**'],
    exclude: ['README.md', 'test', '**/*.d.ts'],
    onChange: (names) => names.forEach((it) => seen.add(it)),
  })
  await writeFile(at('src/index.py~'), '')
  await writeFile(at('src/new.py'), '')
  await rename(at('src/new.py'), at('src/index.py')) // as careful editors save
  await vi.waitFor(() => expect(seen).toContain('src/index.py'))
  await mkdir(at('test'))
  await mkdir(at('lib'))
  await vi.waitFor(() => expect(seen).toContain('lib'))
  await vi.waitFor(async () => {
    await writeFile(at('lib/a.ts'), String(Math.random()))
    expect(seen).toContain('lib/a.ts')
  })
  await writeFile(at('README.md'), '')
  await writeFile(at('lib/a.d.ts'), '')
  await writeFile(at('node_modules/x.js'), '')
  await writeFile(at('.hidden'), '')
  await writeFile(at('test/x.ts'), '')
  await writeFile(at('last'), '')
  await vi.waitFor(() => expect(seen).toContain('last'))
  expect([...seen].filter((it) => !['src/new.py', 'lib'].includes(it)).toSorted()).toEqual([
    'last',
    'lib/a.ts',
    'src/index.py',
  ])
})
