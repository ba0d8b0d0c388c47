import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { requirements } from './requirements.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

test('every requirement is proved by a test', async ({ expect }) => {
  const tests: string[] = []
  for await (const file of glob(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: PACKAGE })) {
    tests.push(await readFile(`${PACKAGE}/${file}`, 'utf8'))
  }
  const proofs = tests.filter((text) => text.includes('verifies('))
  const isProved = (id: string) => proofs.some((text) => text.includes(`'${id}'`))
  expect(Object.keys(requirements).filter((id) => !isProved(id))).toEqual([])
})
