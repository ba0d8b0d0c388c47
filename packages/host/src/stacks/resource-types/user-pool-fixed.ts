import { isDeepStrictEqual } from 'node:util'
import type { Output } from './output.ts'

/** What a pool has for good; CloudFormation refuses to change it. */
export function findFixedChange(pool: Output, wanted: Output): string | undefined {
  const lists = ['AliasAttributes', 'UsernameAttributes'].find(
    (name) => !isDeepStrictEqual(setOf(pool[name]), setOf(wanted[name])),
  )
  if (lists !== undefined) return lists
  if (isCaseSensitive(pool) !== isCaseSensitive(wanted)) return 'UsernameConfiguration'
  return hasSchema(pool['SchemaAttributes'], wanted['Schema']) ? undefined : 'Schema'
}

function setOf(list: unknown): ReadonlySet<unknown> {
  return new Set(Array.isArray(list) ? list : [])
}

function isCaseSensitive({ UsernameConfiguration }: Output): boolean {
  return ((UsernameConfiguration ?? {}) as Output)['CaseSensitive'] !== false
}

interface Attribute extends Output {
  readonly Name: string
}

/** Whether a pool has the attributes that are asked for, as they are asked for, and no other of its own. */
function hasSchema(all: unknown, wanted: unknown): boolean {
  const known = new Map(((all ?? []) as readonly Attribute[]).map((it) => [it.Name, it]))
  const asked = ((wanted ?? []) as readonly Attribute[]).map((it) => {
    const own = it['DeveloperOnlyAttribute'] === true ? 'dev:custom:' : 'custom:'
    return { attribute: it, name: known.has(it.Name) ? it.Name : `${own}${it.Name}` }
  })
  const isThere = asked.every(({ attribute: { Name: _name, ...members }, name }) => {
    const has = known.get(name)
    const names = Object.keys(members)
    return has !== undefined && names.every((it) => isDeepStrictEqual(has[it], members[it]))
  })
  const names = new Set(asked.map(({ name }) => name))
  return isThere && [...known.keys()].every((name) => !name.includes(':') || names.has(name))
}
