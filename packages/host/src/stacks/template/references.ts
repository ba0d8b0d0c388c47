import type { Json } from '../json.ts'
import { readAttributePath, splitAttributePath } from './attribute-path.ts'
import { asConditionName } from './condition-functions.ts'
import { asIntrinsic, isList, isObject } from './intrinsic.ts'
import { subVariables } from './sub-text.ts'
import { readSub } from './text-functions.ts'

/** What a value of a template names by name. */
export type Reference =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly attribute: string | undefined }
  | { readonly kind: 'condition'; readonly name: string }
  | { readonly kind: 'mapping'; readonly name: string }

/** Which branches of `Fn::If` count: all of them, none, or the chosen one. */
export type Branches = 'all' | 'none' | ReadonlyMap<string, boolean>

/** Everything that is named in a value; `Fn::If` is looked into as `branches` says. */
export function referencesIn(value: Json, branches: Branches): readonly Reference[] {
  const references: Reference[] = []
  collect(value, branches, references)
  return references
}

/** The names of resources and parameters among them. */
export function namesIn(value: Json, branches: Branches): ReadonlySet<string> {
  return new Set(
    referencesIn(value, branches).flatMap(({ kind, name }) =>
      kind === 'name' || kind === 'attribute' ? [name] : [],
    ),
  )
}

function collect(value: Json, branches: Branches, into: Reference[]): void {
  if (value === null || typeof value !== 'object') return
  const call = asIntrinsic(value)
  if (call !== undefined) collectCall(call.name, call.args, branches, into)
  else for (const member of Object.values(value)) collect(member, branches, into)
}

function collectCall(name: string, args: Json, branches: Branches, into: Reference[]): void {
  switch (name) {
    case 'Ref':
      if (typeof args === 'string') into.push({ kind: 'name', name: args })
      return
    case 'Fn::GetAtt': {
      const path = readAttributePath(args)
      if (path === undefined) return
      const { logicalId, attribute } = path
      const known = typeof attribute === 'string' ? attribute : undefined
      into.push({ kind: 'attribute', name: logicalId, attribute: known })
      return collect(attribute, branches, into)
    }
    case 'Fn::Sub':
      return collectSub(args, branches, into)
    case 'Fn::If':
      return collectIf(args, branches, into)
    case 'Fn::FindInMap':
      if (isList(args) && typeof args[0] === 'string') {
        into.push({ kind: 'mapping', name: args[0] })
      }
      return collect(args, branches, into)
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      for (const claim of isList(args) ? args : []) {
        const condition = asConditionName(claim)
        if (condition === undefined) collect(claim, branches, into)
        else into.push({ kind: 'condition', name: condition })
      }
      return
    default:
      return collect(args, branches, into)
  }
}

function collectSub(args: Json, branches: Branches, into: Reference[]): void {
  const { text, values } = readSub(args)
  collect(values, branches, into)
  if (typeof text !== 'string') return
  const given = isObject(values) ? values : {}
  for (const variable of subVariables(text)) {
    if (Object.hasOwn(given, variable)) continue
    const path = splitAttributePath(variable)
    into.push(
      path === undefined
        ? { kind: 'name', name: variable }
        : { kind: 'attribute', name: path.logicalId, attribute: path.attribute },
    )
  }
}

function collectIf(args: Json, branches: Branches, into: Reference[]): void {
  if (!isList(args)) return
  const [condition, whenTrue = null, whenFalse = null] = args
  if (typeof condition !== 'string') return
  into.push({ kind: 'condition', name: condition })
  if (branches === 'none') return
  const holds = branches === 'all' ? undefined : branches.get(condition)
  if (holds !== false) collect(whenTrue, branches, into)
  if (holds !== true) collect(whenFalse, branches, into)
}
