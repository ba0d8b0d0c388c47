import type { ConstructNode } from './construct-tree.ts'
import {
  isOrdinaryReason,
  resourcesIn,
  type ResourceProgress,
  type StackProgress,
} from './stack-progress.ts'
import { describeTime, markFor, wordFor, type Paint, type Tone } from './status-words.ts'

export interface TreeView {
  readonly progress: StackProgress
  readonly tree: readonly ConstructNode[]
  /** Of an update, only what changes is shown. */
  readonly showsAll: boolean
  readonly nowMs: number
  readonly columns: number
  readonly rows: number
  readonly paint: Paint
}

interface Row {
  readonly guide: string
  readonly label: string
  readonly type: string
  readonly resource: ResourceProgress | undefined
  readonly isHolder: boolean
}

const MAX_NAME = 60
/** The mark, the word and a time, before the type. */
const ROOM_FOR_STATE = 24
/** Room for the header, what is left out, and the line the cursor stands on. */
const OTHER_LINES = 4

/** The lines of a stack in progress, none wider or more than the terminal takes. */
export function renderTree(view: TreeView): readonly string[] {
  const rows = rowsOf(view)
  const room = Math.max(view.rows - OTHER_LINES, 3)
  const { shown, hidden } = rows.length <= room ? { shown: rows, hidden: [] } : choose(rows, room)
  const longest = Math.max(...shown.map((it) => it.guide.length + it.label.length), 0)
  const width = Math.min(longest, MAX_NAME, Math.max(view.columns - ROOM_FOR_STATE, 10))
  return [
    header(view),
    ...shown.map((row) => lineOf(row, width, view)),
    ...(hidden.length > 0 ? [view.paint('dim', `    ${summary(hidden)}`)] : []),
  ]
}

/** When it is finished: the same lines, without those that only the terminal's height hid. */
export function renderWhole(view: TreeView): readonly string[] {
  return renderTree({ ...view, rows: Number.MAX_SAFE_INTEGER })
}

function header({ progress, tree, nowMs, paint, showsAll }: TreeView): string {
  const { status, stackName, resources, startedMs } = progress
  const { tone, word } =
    status === '' ? { tone: 'running' as const, word: 'starting' } : wordFor(status)
  const settled = [...resources.values()].filter((it) => !isRunning(it)).length
  const all = Math.max(showsAll ? resourcesIn(tree).length : 0, resources.size)
  const count = all === 0 ? '' : `  ${settled} of ${all}`
  const time = describeTime(nowMs - startedMs)
  return `${markFor(tone, nowMs, paint)} ${paint('bold', stackName)}  ${word}${count}  ${paint('dim', time)}`
}

function rowsOf({ tree, progress, showsAll }: TreeView): readonly Row[] {
  const { resources } = progress
  const known = new Set<string>()
  const rows: Row[] = []

  function add(nodes: readonly ConstructNode[], indent: string): void {
    const visible = nodes.filter((node) => isShown(node))
    for (const [index, { label, resource, children }] of visible.entries()) {
      const isLast = index === visible.length - 1
      const isTop = indent === ''
      if (resource) known.add(resource.logicalId)
      rows.push({
        guide: isTop ? '' : `${indent.slice(3)}${isLast ? '└─ ' : '├─ '}`,
        label,
        type: resource?.type ?? '',
        resource: resource && resources.get(resource.logicalId),
        isHolder: resource === undefined,
      })
      add(children, isTop ? '   ' : `${indent}${isLast ? '   ' : '│  '}`)
    }
  }

  function isShown(node: ConstructNode): boolean {
    if (showsAll || (node.resource && resources.has(node.resource.logicalId))) return true
    return node.children.some(isShown)
  }

  add(tree, '')
  for (const resource of resources.values()) {
    if (known.has(resource.logicalId)) continue // from the last version of the template
    const { logicalId: label, type } = resource
    rows.push({ guide: '', label, type, resource, isHolder: false })
  }
  return rows
}

/** What moves or failed goes first, then what was settled last, then what waits; in the tree's order. */
function choose(rows: readonly Row[], room: number) {
  const ranked = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => rank(a.row) - rank(b.row) || changed(b.row) - changed(a.row))
  const kept = new Set(ranked.slice(0, room).map(({ index }) => index))
  return {
    shown: rows.filter((_, index) => kept.has(index)),
    hidden: rows.filter((row, index) => !kept.has(index) && !row.isHolder),
  }
}

function rank({ resource, isHolder }: Row): number {
  if (isHolder) return 4
  if (resource === undefined) return 3
  if (resource.status.endsWith('_FAILED')) return 0
  return isRunning(resource) ? 1 : 2
}

function changed({ resource }: Row): number {
  return resource?.changedMs ?? 0
}

function summary(hidden: readonly Row[]): string {
  const waiting = hidden.filter(({ resource }) => resource === undefined).length
  const settled = hidden.length - waiting
  const parts = [settled > 0 && `${settled} settled`, waiting > 0 && `${waiting} waiting`]
  return `and ${parts.filter(Boolean).join(', ')}`
}

function lineOf({ guide, label, type, resource, isHolder }: Row, width: number, view: TreeView) {
  const { paint, nowMs, columns } = view
  const name = `${guide}${label}`
  const padded = cut(name, width).padEnd(width)
  const painted = paint('dim', padded.slice(0, guide.length)) + padded.slice(guide.length)
  if (isHolder) return `    ${painted.trimEnd()}`
  const { tone, word } = resource ? wordFor(resource.status, resource.reason) : WAITING
  const ms = resource && (isRunning(resource) ? nowMs : resource.changedMs) - resource.startedMs
  const said = resource && (isRunning(resource) || tone === 'failed' ? resource.reason : undefined)
  const detail = [
    `${word.padEnd(12)}${ms === undefined ? '' : describeTime(ms)}`.padEnd(20),
    said && !isOrdinaryReason(said) ? said.replaceAll(/\s+/g, ' ') : type,
  ].join('')
  const room = Math.max(columns - width - 7, 0)
  const colour = tone === 'failed' ? 'red' : 'dim'
  const text = cut(detail.trimEnd(), room)
  return `  ${markFor(tone, nowMs, paint)} ${painted}  ${paint(colour, text)}`.trimEnd()
}

const WAITING: { readonly tone: Tone; readonly word: string } = { tone: 'waiting', word: '' }

function isRunning({ status }: ResourceProgress): boolean {
  return status.endsWith('_IN_PROGRESS')
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`
}
