// From a template's text to plain JSON, with everything bounded: a template comes from outside.
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { isObject } from './intrinsic.ts'
import { parseYaml } from './yaml-text.ts'

/** CloudFormation quotas: a template in an S3 object. */
const MAX_BYTES = 1_048_576
/** Far above what templates have, and far below what recursion can bear. */
const MAX_DEPTH = 100

/** JSON or YAML, whichever it is. The result has no null, no text with NUL, and a bounded depth. */
export function parseTemplateText(text: string): Json {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw refuse(`Template may not exceed ${MAX_BYTES} bytes in size.`)
  }
  const value = /^\s*\{/.test(text) ? parseJson(text) : parseYaml(text)
  checkValue(value, [])
  return value
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    // YAML's flow style begins with a brace, too.
    const flow = looksLikeJson(text) ? undefined : tryYaml(text)
    if (flow !== undefined) return flow
    throw refuse(`Template format error: JSON not well-formed.${place(text, cause)}`, cause)
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*\{\s*(?:"|\}|$)/.test(text)
}

function tryYaml(text: string): Json | undefined {
  try {
    return parseYaml(text)
  } catch {
    return undefined
  }
}

function place(text: string, cause: unknown): string {
  const [, found] = /at position (\d+)/.exec(cause instanceof Error ? cause.message : '') ?? []
  if (found === undefined) return ''
  const lines = text.slice(0, Number(found)).split('\n')
  return ` (line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1})`
}

function checkValue(value: Json, path: readonly string[]): void {
  if (path.length > MAX_DEPTH) {
    throw refuse(`Template format error: The template nests deeper than ${MAX_DEPTH} levels`)
  }
  if (value === null) {
    throw refuse(`[/${path.join('/')}] 'null' values are not allowed in templates`)
  }
  if (typeof value === 'string') checkText(value, path)
  if (typeof value !== 'object') return
  for (const [name, member] of Object.entries(value)) {
    checkText(name, path)
    if (name === '__proto__' && isObject(value)) {
      throw refuse(`Template format error: [/${path.join('/')}] __proto__ cannot be a key`)
    }
    checkValue(member, [...path, name])
  }
}

/** NUL marks what is not known yet, and no database keeps it. */
function checkText(text: string, path: readonly string[]): void {
  if (text.includes('\0')) {
    throw refuse(`Template format error: [/${path.join('/')}] holds the character U+0000`)
  }
}

function refuse(message: string, cause?: unknown): HostError {
  return new HostError('ERR_INVALID_INPUT', message, { cause })
}
