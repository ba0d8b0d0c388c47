import { HostError } from '../kernel/host-error.ts'

export interface ArchivePath {
  /** Below the folder that is unpacked to, with slashes; empty for that folder itself. */
  readonly path: string
  readonly isFolder: boolean
}

const MAX_PATH = 1_024
const MAX_PART_BYTES = 255

/** A name from an archive as a path that stays inside; anything else is refused. */
export function readArchivePath(name: string): ArchivePath {
  if (name === '') throw refusal(name, 'names nothing')
  if (name.length > MAX_PATH) throw refusal(name.slice(0, 80), 'is too long')
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\u001F\u007F]/.test(name)) throw refusal(name, 'has control characters')
  if (name.includes('\\')) throw refusal(name, 'has a backslash; paths are written with /')
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) throw refusal(name, 'is absolute')
  const parts = name.split('/')
  const isFolder = parts.at(-1) === ''
  if (isFolder) parts.pop()
  for (const part of parts) {
    if (part === '..') throw refusal(name, 'leaves the folder')
    if (part === '') throw refusal(name, 'has an empty part')
    if (Buffer.byteLength(part) > MAX_PART_BYTES) throw refusal(name, 'has a part that is too long')
  }
  const path = parts.filter((part) => part !== '.').join('/')
  if (path === '' && !isFolder) throw refusal(name, 'names nothing')
  return { path, isFolder }
}

function refusal(name: string, problem: string): HostError {
  const message = `The archive cannot be unpacked: the name ${JSON.stringify(name)} ${problem}`
  return new HostError('ERR_INVALID_INPUT', message)
}
