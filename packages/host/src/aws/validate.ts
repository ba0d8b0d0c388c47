// The constraints of the service models, refused in AWS's words. All mistakes of an input are told at
// once, like AWS does, up to a limit of our own. A sensitive value is never repeated.
import { matchPattern, MAX_PATTERN_TEXT } from './pattern.ts'
import type { Shape } from './service-model.ts'

export interface Violation {
  /** `targetConfiguration.mcp.lambda.lambdaArn`, `tags.1.member.key`. */
  readonly path: string
  /** `Member must not be null` and its like. */
  readonly constraint: string
  /** As a refusal shows it; undefined when there is no value. */
  readonly value: string | undefined
}

/** What is wrong with a decoded input; empty when nothing is. */
export function findViolations(shape: Shape, input: unknown): readonly Violation[] {
  const found: Violation[] = []
  check(shape, input, '', found, shape.isSensitive)
  return found
}

/** `1 validation error detected: Value 'x' at 'name' failed to satisfy constraint: …` */
export function describeViolations(violations: readonly Violation[]): string {
  const count = violations.length
  const texts = violations.map(describeViolation).join('; ')
  return `${count} validation error${count === 1 ? '' : 's'} detected: ${texts}`
}

export function describeViolation({ path, constraint, value }: Violation): string {
  const shown = value === undefined ? 'Value' : `Value '${value}'`
  return `${shown} at '${path}' failed to satisfy constraint: ${constraint}`
}

/** More mistakes than anybody reads; a caller must not make us write megabytes. */
const MAX_VIOLATIONS = 10
const MAX_SHOWN = 256

function check(
  shape: Shape,
  value: unknown,
  path: string,
  found: Violation[],
  isSensitive: boolean,
): void {
  if (found.length >= MAX_VIOLATIONS) return
  const isHidden = isSensitive || shape.isSensitive
  const report = (constraint: string) => {
    found.push({ path, constraint, value: isHidden ? '***' : showValue(value) })
  }
  switch (shape.type) {
    case 'structure':
      return checkStructure(shape, value, path, found, isHidden)
    case 'list': {
      const items = value as readonly unknown[]
      checkLength(shape, items.length, report)
      const { element } = shape
      if (element === undefined) return
      for (const [index, item] of items.entries()) {
        check(element, item, `${path}.${index + 1}.member`, found, isHidden)
      }
      return
    }
    case 'map': {
      const entries = Object.entries(value as Readonly<Record<string, unknown>>)
      checkLength(shape, entries.length, report)
      // Also of a map that is sensitive: its keys stand in the paths of its values anyway.
      const reportKey = (key: string) => (constraint: string) => {
        found.push({ path: `${path}.key`, constraint, value: showValue(key) })
      }
      for (const [key, item] of entries) {
        if (found.length >= MAX_VIOLATIONS) return
        if (shape.key) checkString(shape.key, key, reportKey(key))
        const itemPath = `${path}.${key.slice(0, MAX_SHOWN)}.member`
        if (shape.value) check(shape.value, item, itemPath, found, isHidden)
      }
      return
    }
    case 'string':
      return checkString(shape, value as string, report)
    case 'blob':
      return void checkLength(shape, (value as Uint8Array).byteLength, report)
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return checkRange(shape, value as number, report)
    case 'boolean':
    case 'timestamp':
      return
  }
}

function checkStructure(
  shape: Shape,
  value: unknown,
  path: string,
  found: Violation[],
  isSensitive: boolean,
): void {
  if (shape.isDocument) return
  const members = value as Readonly<Record<string, unknown>>
  const at = (name: string) => {
    const shown = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    return path === '' ? shown : `${path}.${shown}`
  }
  for (const name of shape.required) {
    if (members[name] === undefined) {
      found.push({ path: at(name), constraint: 'Member must not be null', value: undefined })
    }
  }
  if (shape.isUnion && Object.keys(members).length !== 1) {
    const names = [...shape.members.keys()].join(', ')
    const constraint = `Member must have exactly one of the members: [${names}]`
    found.push({ path, constraint, value: undefined })
  }
  for (const name in members) {
    const member = shape.members.get(name)
    if (member !== undefined) check(member.shape, members[name], at(name), found, isSensitive)
  }
}

type Report = (constraint: string) => void

/** The length first: a text that is too long is not matched against anything. */
function checkString(shape: Shape, text: string, report: Report): void {
  const { pattern } = shape
  if (shape.enum !== undefined) {
    if (!shape.enum.includes(text)) {
      report(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`)
    }
    return
  }
  // AWS counts code points; counting UTF-16 units is enough to know that a text is short enough
  const length =
    shape.max !== undefined && text.length > shape.max ? countCodePoints(text) : text.length
  if (!checkLength(shape, length, report) || pattern === undefined) return
  if (shape.max === undefined && text.length > MAX_PATTERN_TEXT) {
    return report(`Member must have length less than or equal to ${MAX_PATTERN_TEXT}`)
  }
  if (!matchPattern(pattern)(text)) {
    report(`Member must satisfy regular expression pattern: ${pattern}`)
  }
}

function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function checkLength({ min, max }: Shape, length: number, report: Report): boolean {
  if (min !== undefined && length < min) {
    report(`Member must have length greater than or equal to ${min}`)
    return false
  }
  if (max !== undefined && length > max) {
    report(`Member must have length less than or equal to ${max}`)
    return false
  }
  return true
}

function checkRange({ min, max }: Shape, value: number, report: Report): void {
  if (min !== undefined && value < min) {
    report(`Member must have value greater than or equal to ${min}`)
  }
  if (max !== undefined && value > max) {
    report(`Member must have value less than or equal to ${max}`)
  }
}

/** Bytes and structures are not repeated: they are long, and what is inside may be sensitive. */
function showValue(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value
}
