import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listBuildFolder } from './build-folder.ts'

it('lists what .dockerignore leaves, and reads no large one', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-build-folder-'))
  try {
    await writeFile(join(dir, 'a.md'), '')
    await writeFile(join(dir, 'main.py'), '')
    await writeFile(join(dir, '.dockerignore'), '*.md\n')
    expect(await listBuildFolder(dir, 'Dockerfile')).toEqual(['.dockerignore', 'main.py'])
    await writeFile(join(dir, 'Dockerfile.dockerignore'), '#'.repeat(70_000))
    const refusal = 'Dockerfile.dockerignore may have 65536 bytes'
    await expect(listBuildFolder(dir, 'Dockerfile')).rejects.toThrow(refusal)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
