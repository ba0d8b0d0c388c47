import { styleText } from 'node:util'

export type Tone = 'waiting' | 'running' | 'done' | 'removed' | 'failed' | 'undone' | 'skipped'

/** How a CloudFormation status is told to a person. */
export interface StatusWord {
  readonly tone: Tone
  readonly word: string
}

const VERBS: Readonly<Record<string, readonly [running: string, done: string]>> = {
  CREATE: ['creating', 'created'],
  UPDATE: ['updating', 'updated'],
  DELETE: ['removing', 'removed'],
  ROLLBACK: ['rolling back', 'rolled back'],
  UPDATE_ROLLBACK: ['rolling back', 'rolled back'],
  UPDATE_COMPLETE_CLEANUP: ['cleaning up', 'updated'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP: ['rolling back', 'rolled back'],
}

export function wordFor(status: string, reason?: string): StatusWord {
  const [, action = '', state = ''] =
    /^(.*?)_(IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/.exec(status) ?? []
  const [running, done] = VERBS[action] ?? [status.toLowerCase(), status.toLowerCase()]
  if (state === 'IN_PROGRESS') {
    return { tone: action.includes('ROLLBACK') ? 'undone' : 'running', word: running }
  }
  if (state === 'FAILED') return { tone: 'failed', word: 'failed' }
  if (isSkipped(status, reason)) return { tone: 'skipped', word: 'skipped' }
  if (state === 'SKIPPED') return { tone: 'skipped', word: 'kept' }
  if (action === 'DELETE') return { tone: 'removed', word: done }
  return { tone: action.includes('ROLLBACK') ? 'undone' : 'done', word: done }
}

/** A resource of a type that the host does not serve, in a stack that says so (`--skip-unknown`). */
export function isSkipped(status: string, reason: string | undefined): boolean {
  return status.endsWith('_COMPLETE') && reason?.startsWith('Skipped:') === true
}

const MARKS: Readonly<Record<Exclude<Tone, 'running'>, readonly [mark: string, colour: Colour]>> = {
  waiting: ['·', 'dim'],
  done: ['✓', 'green'],
  removed: ['−', 'yellow'],
  failed: ['✗', 'red'],
  undone: ['↺', 'yellow'],
  skipped: ['○', 'yellow'],
}
type Colour = 'dim' | 'green' | 'yellow' | 'red' | 'cyan' | 'bold'

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 80

/** The sign in front of a line. */
export function markFor(tone: Tone, nowMs: number, paint: Paint): string {
  if (tone !== 'running') return paint(MARKS[tone][1], MARKS[tone][0])
  return paint('cyan', SPINNER[Math.floor(nowMs / FRAME_MS) % SPINNER.length] ?? '')
}

export type Paint = (colour: Colour, text: string) => string

/** Colours for a terminal that shows them; NO_COLOR and FORCE_COLOR are read by Node. */
export function painter(stream: NodeJS.WriteStream): Paint {
  const isColoured = stream.isTTY && stream.hasColors()
  return (colour, text) => (isColoured ? styleText(colour, text, { validateStream: false }) : text)
}

/** `0.4 s`, `12 s`, `2 min 5 s` */
export function describeTime(ms: number): string {
  if (ms < 9_950) return `${(Math.max(ms, 0) / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
