// Everything that runs, of all functions: one clock that watches every deadline, one limit that all of
// them share, and for each function what its versions have in common.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { createCapacity, withinBoth, type Capacity } from './capacity.ts'
import { checkConfiguration, type FunctionConfiguration } from './function-configuration.ts'
import { functionKey } from './function-identifier.ts'
import { openFunctionLog, type FunctionLine, type FunctionLog } from './function-log.ts'
import { HostedFunction } from './hosted-function.ts'
import { planLaunch } from './launch.ts'
import type { ProvidePackage } from './provided-packages.ts'
import { createPulse } from './pulse.ts'
import type { Revision } from './revision.ts'

export interface EnvironmentsOptions {
  readonly logDir: string
  readonly tempDir: string
  readonly maxConcurrency: number
  readonly idleMs: number
  readonly initTimeoutMs: number
  readonly providePackage?: ProvidePackage | undefined
  readonly path: string
  readonly onLine: ((event: FunctionLine) => void) | undefined
  /** An environment is gone. */
  readonly onGone: () => void
}

/** A version that can be invoked, and how code for it is made ready. */
export interface Host {
  readonly hosted: HostedFunction
  /** Refuses what could never run, before anything is started. */
  plan(configuration: FunctionConfiguration): Promise<Revision>
}

export interface Environments extends AsyncDisposable {
  /** One more version of a function; nothing of it runs yet. */
  host(functionName: string, scope: Scope): Host
  /** How many environments all versions of a function may have together; without it, as many as fit. */
  reserve(functionName: string, scope: Scope, concurrency: number | undefined): void
  /** To be called before an invocation. */
  wake(): void
  foldersInUse(): ReadonlySet<string>
}

const BEAT_MS = 10
/** About four times a second. */
const MEMORY_BEATS = 25
/** Where the Python bootstrap lets compiled modules be kept, beside the environments' own folders. */
const PYTHON_CACHE = 'pycache'

/** What the versions of one function share. */
interface Group {
  readonly log: FunctionLog
  readonly capacity: Capacity
  readonly members: Set<HostedFunction>
}

/** Runs environments until it is disposed of; then no process, timer or folder of theirs is left. */
export async function startEnvironments(options: EnvironmentsOptions): Promise<Environments> {
  const { logDir, tempDir, maxConcurrency, idleMs, path } = options
  const { initTimeoutMs, providePackage, onGone } = options
  await mkdir(tempDir, { recursive: true, mode: 0o700 })
  const settings = { tempDir, initTimeoutMs, providePackage, onGone }
  const groups = new Map<string, Group>()
  const reservations = new Map<string, number>()
  /** With those that were deleted and still run something. */
  const all = new Set<HostedFunction>()
  const hostCapacity = createCapacity(
    () => maxConcurrency,
    () => all,
  )
  let revisionNumber = 0
  let isStopped = false
  let beats = 0

  const pulse = createPulse(BEAT_MS, (now, isLate) => {
    beats += 1
    let isActive = false
    for (const hosted of all) {
      if (beats % MEMORY_BEATS === 0) hosted.checkMemory()
      isActive = hosted.beat(now, isLate) || isActive
    }
    return isActive
  })
  const reap = () => {
    const time = performance.now() - idleMs
    for (const hosted of all) hosted.reap(time)
  }
  const reaper = setInterval(reap, Math.min(30_000, Math.max(50, idleMs / 4)))
  reaper.unref()

  function groupOf(functionName: string, scope: Scope): Group {
    const key = functionKey(functionName, scope)
    const known = groups.get(key)
    if (known !== undefined) return known
    const members = new Set<HostedFunction>()
    const reserved = createCapacity(
      () => reservations.get(key) ?? Infinity,
      () => members,
    )
    const group = {
      log: openFunctionLog(functionName, scope, logDir, options.onLine),
      capacity: withinBoth(reserved, hostCapacity),
      members,
    }
    groups.set(key, group)
    return group
  }

  function leave(key: string, group: Group, hosted: HostedFunction): void {
    all.delete(hosted)
    group.members.delete(hosted)
    if (group.members.size > 0) return
    group.log.close()
    if (groups.get(key) === group) groups.delete(key)
  }

  return {
    host(functionName, scope) {
      const key = functionKey(functionName, scope)
      const group = groupOf(functionName, scope)
      const hosted = new HostedFunction(settings, group.capacity, () => leave(key, group, hosted))
      all.add(hosted)
      group.members.add(hosted)
      return {
        hosted,
        async plan(configuration) {
          const number = (revisionNumber += 1)
          await checkConfiguration(configuration)
          const launch = await planLaunch(configuration, path)
          if (isStopped) throw new HostError('ERR_CONFLICT', 'The function host is stopping')
          pulse.wake()
          return { number, configuration, launch, log: group.log }
        },
      }
    },

    reserve(functionName, scope, concurrency) {
      const key = functionKey(functionName, scope)
      if (concurrency === undefined) reservations.delete(key)
      else reservations.set(key, concurrency)
    },

    wake: () => pulse.wake(),

    foldersInUse: () => new Set([...all].flatMap((hosted) => [...hosted.foldersInUse()])),

    async [Symbol.asyncDispose]() {
      isStopped = true
      clearInterval(reaper)
      await Promise.all([...all].map((hosted) => hosted.kill()))
      pulse.stop()
      await rm(join(tempDir, PYTHON_CACHE), { recursive: true, force: true })
    },
  }
}
