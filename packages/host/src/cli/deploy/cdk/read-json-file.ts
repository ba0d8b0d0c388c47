import { readFile, stat } from 'node:fs/promises'
import { errorMessage, HostError } from '../../../kernel/host-error.ts'

const MAX_BYTES = 64_000_000

/** The object in a JSON file, or undefined when there is no such file. */
export async function readJsonFile(path: string): Promise<Record<string, unknown> | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (found.size > MAX_BYTES) {
    throw new HostError('ERR_LIMIT_EXCEEDED', `${path} is longer than ${MAX_BYTES} bytes`)
  }
  const value = parse(await readFile(path, 'utf8'), path)
  if (isObject(value)) return value
  throw new HostError('ERR_INVALID_INPUT', `${path} holds no JSON object`)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    const message = `${path} is not JSON: ${errorMessage(cause)}`
    throw new HostError('ERR_INVALID_INPUT', message, { cause })
  }
}
