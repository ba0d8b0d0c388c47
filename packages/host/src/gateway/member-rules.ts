// What the members of an input may be, as tables of rules. Not zod: these tables stand between the
// start of the host and its first answer, and loading zod takes longer than everything they do.
import { childPointer, type Problem } from './problems.ts'

/** Adds what is wrong with a value to `problems`, each under its own pointer. */
export type MemberRule = (value: unknown, pointer: string, problems: Problem[]) => void

/** An object that has the `required` members, and no members but those with a rule. */
export function members(
  rules: Readonly<Record<string, MemberRule>>,
  required: readonly string[] = [],
): MemberRule {
  const known = new Map(Object.entries(rules))
  const accepted = [...known].filter(([, rule]) => rule !== notSupported).map(([name]) => name)
  const message = `is not accepted; accepted are ${accepted.join(', ')}`
  return (value, pointer, problems) => {
    if (!isRecord(value)) return void problems.push({ pointer, message: 'must be an object' })
    for (const name of required) {
      if (Object.hasOwn(value, name) && value[name] !== undefined) continue
      problems.push({ pointer: childPointer(pointer, name), message: 'is missing' })
    }
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue
      const rule = known.get(name)
      if (rule) rule(member, childPointer(pointer, name), problems)
      else problems.push({ pointer: childPointer(pointer, name), message })
    }
  }
}

/** A union of the service models: an object with exactly one of these members. */
export function union(rules: Readonly<Record<string, MemberRule>>): MemberRule {
  const check = members(rules)
  const message = `must have exactly one of ${Object.keys(rules).join(', ')}`
  return (value, pointer, problems) => {
    check(value, pointer, problems)
    if (!isRecord(value)) return
    const given = Object.keys(rules).filter((name) => value[name] !== undefined)
    if (given.length !== 1) problems.push({ pointer, message })
  }
}

/** An object with members of any name, alike in what they may be. */
export function mapOf(member: MemberRule): MemberRule {
  return (value, pointer, problems) => {
    if (!isRecord(value)) return void problems.push({ pointer, message: 'must be an object' })
    for (const [name, item] of Object.entries(value)) {
      member(item, childPointer(pointer, name), problems)
    }
  }
}

/** A list of elements that are alike in what they may be. */
export function listOf(element: MemberRule, { min = 0, max = Infinity } = {}): MemberRule {
  return (value, pointer, problems) => {
    if (!Array.isArray(value)) return void problems.push({ pointer, message: 'must be a list' })
    if (value.length < min) problems.push({ pointer, message: `must have ${min} or more elements` })
    if (value.length > max)
      problems.push({ pointer, message: `must have ${max} or fewer elements` })
    for (const [index, item] of value.slice(0, max).entries()) {
      element(item, childPointer(pointer, index), problems)
    }
  }
}

/** A text that `pattern` accepts; `asked` says in words what that is. */
export function text(pattern: RegExp, asked: string): MemberRule {
  return (value, pointer, problems) => {
    if (typeof value === 'string' && pattern.test(value)) return
    problems.push({ pointer, message: `must be ${asked}` })
  }
}

/** A text of some length; counted like the service models do, in characters. */
export function textOf(min: number, max: number): MemberRule {
  return (value, pointer, problems) => {
    if (typeof value === 'string' && value.length >= min && value.length <= max) return
    const asked =
      max === Infinity ? 'a text that is not empty' : `a text of ${min}–${max} characters`
    problems.push({ pointer, message: `must be ${min === 0 ? 'a text' : asked}` })
  }
}

/** A whole number between two others. */
export function integer(min: number, max: number): MemberRule {
  return (value, pointer, problems) => {
    if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return
    problems.push({ pointer, message: `must be a whole number from ${min} to ${max}` })
  }
}

/** One of a few values. */
export function oneOf(...values: readonly unknown[]): MemberRule {
  const quoted = values.map((value) => JSON.stringify(value))
  const asked = quoted.length > 2 ? `one of ${quoted.join(', ')}` : quoted.join(' or ')
  return (value, pointer, problems) => {
    if (!values.includes(value)) problems.push({ pointer, message: `must be ${asked}` })
  }
}

/** Something that whoever calls has read already. */
export const anything: MemberRule = () => {}

/** A member of the service that this host does not have yet. */
export const notSupported: MemberRule = (_value, pointer, problems) => {
  problems.push({
    pointer,
    message: 'is not supported here yet; leave it out',
    isNotSupported: true,
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
