import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild, type ChildExit, type RunningChild } from '../process/child.ts'
import { ownVariables } from './environment-variables.ts'
import { LATEST } from './function-identifier.ts'
import type { Lane, LaneEvents } from './lane.ts'
import { PipeLane } from './pipe-lane.ts'
import type { EnvironmentSettings, Revision } from './revision.ts'

export interface ProcessEvents {
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void
  readonly onStarted: (child: RunningChild, lane: Lane) => void
  /** The process has left and everything it wrote has been read, or (`cause`) it never started. */
  readonly onEnded: (exit: ChildExit, cause?: unknown) => void
}

/** What was written before the end is read by then, unless somebody else holds the pipe open. */
const LAST_OUTPUT_MS = 500

/**
 * The process of one execution environment from its folder to its last line. Resolves when nothing
 * of it is left; never rejects.
 */
export async function hostProcess(
  revision: Revision,
  settings: EnvironmentSettings,
  lanes: LaneEvents,
  events: ProcessEvents,
): Promise<void> {
  const tempDir = join(settings.tempDir, randomUUID())
  const ended = await live(revision, tempDir, lanes, events).then(
    (exit) => () => events.onEnded(exit),
    (cause: unknown) => () => events.onEnded({ exitCode: null, signal: null }, cause),
  )
  ended()
  await rm(tempDir, { recursive: true, force: true }).catch(() => {}) // the host's folder goes too
}

async function live(
  revision: Revision,
  tempDir: string,
  lanes: LaneEvents,
  { onLine, onStarted }: ProcessEvents,
): Promise<ChildExit> {
  await mkdir(tempDir, { recursive: true, mode: 0o700 })
  const { configuration, launch } = revision
  const { version = LATEST } = configuration
  await using lane = await openLane(revision, lanes, tempDir)
  const child = await startChild({
    file: launch.file,
    args: launch.args,
    env: { ...launch.variables, ...lane.variables, ...ownVariables(tempDir, version, new Date()) },
    cwd: configuration.codeDir,
    pipes: launch.lane === 'pipes',
    onLine,
  })
  const closed = new Promise<void>((resolve) => child.process.once('close', () => resolve()))
  lane.attach(child)
  onStarted(child, lane)
  const exit = await child.exited
  await lastOutput(child, closed)
  return exit
}

async function openLane(revision: Revision, events: LaneEvents, tempDir: string): Promise<Lane> {
  if (revision.launch.lane === 'pipes') return new PipeLane(events, tempDir)
  const { startRuntimeApiLane } = await import('./runtime-api-lane.ts')
  return startRuntimeApiLane(revision.configuration, events)
}

async function lastOutput({ process: { stdio } }: RunningChild, closed: Promise<void>) {
  const giveUp = setTimeout(() => {
    for (const stream of stdio) stream?.destroy()
  }, LAST_OUTPUT_MS)
  await closed
  clearTimeout(giveUp)
}
