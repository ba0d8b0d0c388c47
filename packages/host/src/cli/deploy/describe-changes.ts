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

function describeChange(change: TemplateChange, paint: Paint): string[] {
  const { kind, name, type, details, isServed } = change
  const [colour, sign] = SIGNS[kind]
  const note = isServed === false ? '  not served here' : ''
  const of = type === undefined ? '' : `  ${paint('dim', type)}${note}`
  return [
    `    ${paint(colour, sign)} ${name}${of}`,
    ...details.map((it) => describeValue(it, paint)),
  ]
}

function describeValue({ path, ...values }: ValueChange, paint: Paint): string {
  const [left, right] = ['before' in values, 'after' in values]
  const texts = [JSON.stringify(values.before) ?? '', JSON.stringify(values.after) ?? ''] as const
  // beside nothing, a value is told from its beginning
  const common = left && right ? commonLength(...texts) : 0
  const before = left ? paint('red', short(texts[0], common)) : paint('dim', 'nothing')
  const after = right ? paint('green', short(texts[1], common)) : paint('dim', 'nothing')
  return `        ${path === '' ? '' : `${path}: `}${before} → ${after}`
}

const MAX_LENGTH = 120
/** What is shown of the text before the first difference. */
const LEAD = 40

/** As much as there is room for, with the place where the difference begins. */
function short(text: string, common: number): string {
  if (text.length <= MAX_LENGTH) return text
  const start = common + LEAD < MAX_LENGTH ? 0 : common - LEAD
  const end = start + MAX_LENGTH
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
}

function commonLength(left: string, right: string): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length += 1
  return length
}
