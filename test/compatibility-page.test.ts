import { readFile } from 'node:fs/promises'
import { test } from 'vitest'
import { describeCompatibility } from '../scripts/generate-compatibility.ts'

test('the operations of docs/compatibility.md are current', async ({ expect }) => {
  const page = await readFile(new URL('../docs/compatibility.md', import.meta.url), 'utf8')
  const message = 'run: node scripts/generate-compatibility.ts'
  expect(page, message).toBe(describeCompatibility(page))
})
