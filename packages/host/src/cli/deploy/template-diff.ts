import { isDeepStrictEqual } from 'node:util'
import { isObject } from './cdk/read-json-file.ts'

export interface TemplateChange {
  /** `Resources`, `Outputs`, `Parameters`, … */
  readonly section: string
  readonly name: string
  /** Of resources. */
  readonly type?: string
  /** False: the host has no such type. */
  readonly isServed?: boolean
  readonly kind: 'added' | 'removed' | 'changed'
  /** What differs inside, by path; of what is changed. */
  readonly details: readonly ValueChange[]
}

export interface ComparedStack {
  readonly stackName: string
  readonly isNew: boolean
  readonly changes: readonly TemplateChange[]
}

export interface ValueChange {
  readonly path: string
  /** Absent: it is not there. Values that look secret are masked. */
  readonly before?: unknown
  readonly after?: unknown
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs']

/** What differs between two templates, section by section; metadata has no effect and does not count. */
export function compareTemplates(before: Loose, after: Loose): readonly TemplateChange[] {
  return SECTIONS.flatMap((section) => {
    const [old, next] = [objectOf(before[section]), objectOf(after[section])]
    const names = [...new Set([...Object.keys(old), ...Object.keys(next)])]
    return names.flatMap((name): TemplateChange[] => {
      const [left, right] = [withoutMetadata(old[name]), withoutMetadata(next[name])]
      if (isDeepStrictEqual(left, right)) return []
      const type = objectOf(right ?? left)['Type']
      const about = { section, name, ...(section === 'Resources' && { type: String(type) }) }
      if (left === undefined) return [{ ...about, kind: 'added', details: [] }]
      if (right === undefined) return [{ ...about, kind: 'removed', details: [] }]
      return [{ ...about, kind: 'changed', details: valueChanges(left, right, '', false) }]
    })
  })
}

type Loose = Readonly<Record<string, unknown>>

function withoutMetadata(value: unknown): unknown {
  if (!isObject(value)) return value
  const { Metadata: _, ...rest } = value
  return rest
}

function valueChanges(
  before: unknown,
  after: unknown,
  path: string,
  isSecret: boolean,
): readonly ValueChange[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isObject(before) && isObject(after) && !isIntrinsic(before) && !isIntrinsic(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const isMasked = isSecret || isNoEcho(before) || isNoEcho(after)
    return names.flatMap((name) => {
      const inside = path === '' ? name : `${path}.${name}`
      return valueChanges(before[name], after[name], inside, isMasked || looksSecret(name))
    })
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((it, index) =>
      valueChanges(it, after[index], `${path}[${index}]`, isSecret),
    )
  }
  const show = (value: unknown) => (isSecret ? mask(value) : maskInside(value))
  return [
    {
      path,
      ...(before !== undefined && { before: show(before) }),
      ...(after !== undefined && { after: show(after) }),
    },
  ]
}

/** A parameter whose value is not to be shown. */
export function isNoEcho({ NoEcho }: Loose): boolean {
  return NoEcho === true || NoEcho === 'true'
}

/** Names under which a template has what is nobody's business. */
export function looksSecret(name: string): boolean {
  return /secret|password|passwd|token|credential|private_?key|api_?key/i.test(name)
}

/** A reference says nothing of what it leads to; a text that stands there does. */
function mask(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return '****'
  if (Array.isArray(value)) return value.map(mask)
  if (!isObject(value) || isIntrinsic(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, mask(it)]))
}

function maskInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskInside)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      looksSecret(name) ? mask(it) : maskInside(it),
    ]),
  )
}

function isIntrinsic(value: Loose): boolean {
  const [name = '', ...others] = Object.keys(value)
  return others.length === 0 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
}

function objectOf(value: unknown): Loose {
  return isObject(value) ? value : {}
}
