import type { Paint } from './progress/status-words.ts'
import type { ComparedStack, TemplateChange, ValueChange } from './template-diff.ts'

/** What people read: a stack, its sections, a sign for each change. */
export function describeChanges(stacks: readonly ComparedStack[], paint: Paint): string {
  return stacks.map((it) => `${describeStack(it, paint).join('\n')}\n`).join('\n')
}

function describeStack({ stackName, isNew, changes }: ComparedStack, paint: Paint): string[] {
  const heading = paint('bold', stackName)
  if (changes.length === 0) return [`${heading}  no differences`]
  const sections = [...new Set(changes.map(({ section }) => section))]
  return [
    isNew ? `${heading}  new` : heading,
    ...sections.flatMap((section) => [
      `  ${section}`,
      ...changes.filter((it) => it.section === section).flatMap((it) => describeChange(it, paint)),
    ]),
  ]
}

const SIGNS = { added: ['green', '+'], removed: ['red', '−'], changed: ['yellow', '~'] } as const

function describeChange({ kind, name, type, details }: TemplateChange, paint: Paint): string[] {
  const [colour, sign] = SIGNS[kind]
  const of = type === undefined ? '' : `  ${paint('dim', type)}`
  return [
    `    ${paint(colour, sign)} ${name}${of}`,
    ...details.map((it) => describeValue(it, paint)),
  ]
}

function describeValue({ path, ...values }: ValueChange, paint: Paint): string {
  const before = 'before' in values ? paint('red', short(values.before)) : paint('dim', 'nothing')
  const after = 'after' in values ? paint('green', short(values.after)) : paint('dim', 'nothing')
  return `        ${path === '' ? '' : `${path}: `}${before} → ${after}`
}

const MAX_LENGTH = 120

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`
}
