import { readFile } from 'node:fs/promises'
import { test } from 'vitest'
import { describeConfiguration } from '../scripts/generate-configuration.ts'

test('docs/configuration.md is current', async ({ expect }) => {
  const page = await readFile(new URL('../docs/configuration.md', import.meta.url), 'utf8')
  expect(page, 'run: node scripts/generate-configuration.ts').toBe(describeConfiguration())
})
