// How a deployment tells what it does: a live tree on a terminal, one line for each event elsewhere.
import type { StackEvent } from '../aws/stack-description.ts'
import type { ConstructNode } from './construct-tree.ts'
import { eventLines } from './event-lines.ts'
import { renderTree, renderWhole, type TreeView } from './render-tree.ts'
import { openScreen } from './screen.ts'
import type { StackProgress } from './stack-progress.ts'
import { describeTime, markFor, painter } from './status-words.ts'
import { stripControls } from './strip-controls.ts'

export interface Reporter {
  /** A step that takes a while: synthesis, uploads. The returned function says that it is over. */
  begin(step: string): (result?: string) => void
  /** A line of somebody else's: the app that is synthesised, pip. */
  line(text: string): void
  /** Whether such lines stay where they can be read. */
  readonly keepsLines: boolean
  /** A line that stays. */
  say(text: string): void
  follow(stack: FollowedStack): StackReporter
  /** Leaves the terminal as it was. */
  close(): void
}

export interface FollowedStack {
  readonly tree: readonly ConstructNode[]
  readonly showsAll: boolean
}

export interface StackReporter {
  update(progress: StackProgress, events: readonly StackEvent[]): void
  /** The last state; shown whole when something failed, else only as long as it ran. */
  finish(progress: StackProgress, isFailed: boolean): void
}

const FRAME_MS = 80

/** The way for a stream: a person's terminal, or a log that somebody reads later. */
export function createReporter(stream: NodeJS.WriteStream, quiet: boolean): Reporter {
  if (quiet) return silentReporter()
  const isLive = stream.isTTY && !process.env['CI'] && process.env['TERM'] !== 'dumb'
  return isLive ? liveReporter(stream) : plainReporter(stream)
}

function liveReporter(stream: NodeJS.WriteStream): Reporter {
  const screen = openScreen(stream)
  const paint = painter(stream)
  let render: (() => readonly string[]) | undefined
  let onLine: (text: string) => void = () => {}
  const draw = () => render && screen.draw(render())
  const timer = setInterval(draw, FRAME_MS)
  timer.unref()

  return {
    begin(step) {
      const startedMs = Date.now()
      let last = ''
      onLine = (text) => (last = text)
      render = () => {
        const nowMs = Date.now()
        const time = paint('dim', describeTime(nowMs - startedMs))
        const said = paint('dim', last.slice(0, Math.max(stream.columns - 8, 20)))
        const head = `${markFor('running', nowMs, paint)} ${step}  ${time}`
        return last === '' ? [head] : [head, `    ${said}`]
      }
      draw()
      return (result = step) => {
        render = undefined
        const time = paint('dim', describeTime(Date.now() - startedMs))
        screen.leave([`${markFor('done', 0, paint)} ${result}  ${time}`])
      }
    },
    line: (text) => onLine(stripControls(text)),
    keepsLines: false,
    say: (text) => screen.print(`${text}\n`),
    follow({ tree, showsAll }) {
      let progress: StackProgress | undefined
      const view = (it: StackProgress): TreeView => ({
        progress: it,
        tree,
        showsAll,
        nowMs: Date.now(),
        columns: stream.columns,
        rows: stream.rows,
        paint,
      })
      return {
        update(next) {
          progress = next
          render = () => (progress ? renderTree(view(progress)) : [])
          draw()
        },
        finish(last) {
          render = undefined
          screen.leave(renderWhole(view(last)))
        },
      }
    },
    close() {
      clearInterval(timer)
      screen.close()
    },
  }
}

function plainReporter(stream: NodeJS.WriteStream): Reporter {
  const say = (text: string) => void stream.write(`${text}\n`)
  return {
    begin(step) {
      const startedMs = Date.now()
      say(`${step} …`)
      return (result = step) => say(`${result} (${describeTime(Date.now() - startedMs)})`)
    },
    line: (text) => say(`  | ${text}`),
    keepsLines: true,
    say,
    follow(stack) {
      const describe = eventLines(stack)
      return {
        update(progress, events) {
          for (const event of events) describe(event, progress).forEach(say)
        },
        finish() {},
      }
    },
    close() {},
  }
}

function silentReporter(): Reporter {
  const stack: StackReporter = { update() {}, finish() {} }
  return {
    begin: () => () => {},
    line() {},
    keepsLines: false,
    say() {},
    follow: () => stack,
    close() {},
  }
}
