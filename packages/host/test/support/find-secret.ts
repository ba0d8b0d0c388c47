// Proof that a secret is nowhere in the clear: every byte of a folder (database, its log, backups,
// temporary files) and of captured output is searched, in every spelling that is not encryption.
//
// Do not read the folder of a host that runs in this very process: closing a file drops the locks that
// the process has on it.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

export interface SecretSearch {
  /** By a name that may be printed. */
  readonly secrets: Readonly<Record<string, string>>
  readonly folders?: readonly string[]
  /** What was captured (a log, stderr, `ps`), by a name for it. */
  readonly outputs?: Readonly<Record<string, string>>
}

/** Where the secrets stand, as sentences; an empty list is the proof. */
export async function findSecrets(search: SecretSearch): Promise<string[]> {
  const spellings = Object.entries(search.secrets).flatMap(([name, secret]) => spell(name, secret))
  const places = [
    ...(await Promise.all((search.folders ?? []).map(readFolder))).flat(),
    ...Object.entries(search.outputs ?? {}).map(([name, text]) => ({
      place: name,
      bytes: Buffer.from(text),
    })),
  ]
  const found = places.flatMap(({ place, bytes }) =>
    spellings
      .filter(({ needle }) => bytes.includes(needle))
      .map(({ name, spelling }) => `${name} stands in ${place}, ${spelling}`),
  )
  return [...new Set(found)]
}

interface Spelling {
  readonly name: string
  readonly spelling: string
  readonly needle: Buffer
}

function spell(name: string, secret: string): readonly Spelling[] {
  if (secret.length < 6) throw new Error(`${name} is so short that it is found by chance`)
  const form = encodeURIComponent(secret)
  const spellings = {
    'as it is': [Buffer.from(secret)],
    'in UTF-16': [Buffer.from(secret, 'utf16le')],
    'in base64': [...base64Forms(secret, 'base64'), ...base64Forms(secret, 'base64url')],
    'in hexadecimal': [hex(secret), hex(secret).toUpperCase()].map((text) => Buffer.from(text)),
    'URL-encoded': [form, form.replaceAll('%20', '+'), form.toLowerCase()].map((it) =>
      Buffer.from(it),
    ),
    'in JSON': [Buffer.from(JSON.stringify(secret).slice(1, -1))],
  }
  return Object.entries(spellings).flatMap(([spelling, needles]) =>
    needles.map((needle) => ({ name, spelling, needle })),
  )
}

function hex(secret: string): string {
  return Buffer.from(secret).toString('hex')
}

/**
 * Base64 packs three bytes into four characters, so a secret inside a longer text (`id:secret`, say) is
 * spelled in one of three ways. Characters that also depend on its neighbours are left away.
 */
function base64Forms(secret: string, encoding: 'base64' | 'base64url'): readonly Buffer[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
    const whole = bytes.length - (bytes.length % 3)
    const text = bytes.subarray(0, whole).toString(encoding)
    return Buffer.from(text.slice(before === 0 ? 0 : before + 1))
  })
}

async function readFolder(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((it) => join(it.parentPath, it.name))
  const read = await Promise.all(
    files.map(async (file) => {
      const place = relative(folder, file)
      const bytes = await readFile(file).catch(() => undefined) // gone since it was listed
      return (
        bytes && [
          { place, bytes },
          { place: `the name of ${place}`, bytes: Buffer.from(place) },
        ]
      )
    }),
  )
  return read.flatMap((places) => places ?? [])
}
