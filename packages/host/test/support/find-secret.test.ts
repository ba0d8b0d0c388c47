import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { findSecrets } from './find-secret.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secrets = { clientSecret: 'p4ss/word+of the "client"' }

test('a secret is found in every spelling, wherever it stands', async ({ expect }) => {
  const { clientSecret } = secrets
  const spelled = {
    plain: `secret=${clientSecret};`,
    json: JSON.stringify({ clientSecret }),
    basic: `Basic ${btoa(`a-client-id:${encodeURIComponent(clientSecret)}`)}`,
    form: new URLSearchParams({ clientSecret }).toString(),
    url: `?x=${encodeURIComponent(clientSecret)}`,
    hex: Buffer.from(clientSecret).toString('hex'),
    utf16: Buffer.from(clientSecret, 'utf16le').toString('latin1'),
  }
  const missed: string[] = []
  for (const [name, text] of Object.entries(spelled)) {
    const inner = name === 'basic' ? { clientSecret: encodeURIComponent(clientSecret) } : secrets
    if ((await findSecrets({ secrets: inner, outputs: { text } })).length === 0) missed.push(name)
  }
  expect(missed).toEqual([])
})

test('base64 is found whatever surrounds the secret', async ({ expect }) => {
  const text = fc.string({ unit: 'binary' })
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const encoded = Buffer.from(`${before}${secrets.clientSecret}${after}`)
      for (const encoding of ['base64', 'base64url'] as const) {
        const found = await findSecrets({ secrets, outputs: { it: encoded.toString(encoding) } })
        expect(found).toEqual(['clientSecret stands in it, in base64'])
      }
    }),
  )
})

test('files of every depth are read, and what is not there is not found', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'a/b'), { recursive: true })
  await writeFile(join(folder.path, 'a/b/wal'), `\0\0${secrets.clientSecret}\0`)
  await writeFile(join(folder.path, 'other'), 'nothing')
  expect(await findSecrets({ secrets, folders: [folder.path] })).toEqual([
    'clientSecret stands in a/b/wal, as it is',
  ])
  expect(await findSecrets({ secrets, outputs: { log: 'p4ss/word+of the' } })).toEqual([])
})
