import { readFile, stat } from 'node:fs/promises'
import { HostError } from '../../kernel/host-error.ts'

/** The text of a file of a build folder or an image; undefined when there is no such file. */
export async function readSmallFile(path: string, maxBytes: number): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined) // it is not there
  if (found === undefined || !found.isFile()) return undefined
  if (found.size <= maxBytes) return readFile(path, 'utf8')
  const name = path.slice(path.lastIndexOf('/') + 1)
  throw new HostError('ERR_LIMIT_EXCEEDED', `${name} may have ${maxBytes} bytes`)
}
