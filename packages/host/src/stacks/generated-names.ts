// Names as CloudFormation makes them, drawn from what is being made instead of from chance: a try that is
// repeated finds what the first one made.
import { createHash } from 'node:crypto'
import type { GeneratedName } from './resource-type.ts'

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const SUFFIX_LENGTH = 12

/** 64 letters and digits. */
export function deriveToken(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** `stack-logicalId-RANDOM12`; what is too long loses the ends of its first two parts. */
export function generateName(
  stackName: string,
  logicalId: string,
  seed: string,
  { maxLength, isLowerCase = false, separator = '-' }: GeneratedName,
): string {
  const suffix = deriveSuffix(seed)
  const room = maxLength - suffix.length - 2 * separator.length
  const stack = stackName.replaceAll('-', separator)
  const half = Math.floor(room / 2)
  const forStack = Math.max(half, room - logicalId.length)
  const first = stack.slice(0, Math.max(0, Math.min(stack.length, forStack)))
  const second = logicalId.slice(0, Math.max(0, room - first.length))
  const name = [first, second, suffix].filter((part) => part !== '').join(separator)
  return isLowerCase ? name.toLowerCase() : name
}

function deriveSuffix(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest()
  return [...bytes.subarray(0, SUFFIX_LENGTH)].map((byte) => UPPER[byte % UPPER.length]).join('')
}
