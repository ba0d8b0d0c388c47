// Lambda functions, hosted: Node.js handlers over pipes, everything else over the Lambda Runtime API.
//
// Different from Lambda, and stays so:
// - A caller that goes away does not end the invocation, but one that still waits is never begun.
// - Layers stay folders of their own; nothing is mounted at /opt or /var/task.
// - A request that finds every environment busy waits up to a second before it is throttled.
// What is missing, and refused rather than ignored: runtimes other than nodejs, python and provided.
// What is missing and ignored: extensions, response streaming to the caller (it is buffered).
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { functionArn } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { createCapacity } from './capacity.ts'
import { EMPTY_EVENT, MAX_PAYLOAD_BYTES } from './compat.ts'
import { describeInitError } from './describe-init-error.ts'
import { checkConfiguration, type FunctionConfiguration } from './function-configuration.ts'
import { openFunctionLog, type FunctionLine, type FunctionLog } from './function-log.ts'
import { HostedFunction } from './hosted-function.ts'
import { Invocation } from './invocation.ts'
import { planLaunch } from './launch.ts'
import type { FunctionError, InvocationOutcome } from './outcome.ts'
import { createPulse } from './pulse.ts'

export interface FunctionHostOptions {
  readonly log: Log
  /** One `<functionName>.log` each, and one predecessor. */
  readonly logDir: string
  /** Each environment has its HOME in here while it lives. */
  readonly tempDir: string
  /** Execution environments alive at once, all functions together. */
  readonly maxConcurrency: number
  /** How long an environment may be idle before it is stopped. */
  readonly idleMs: number
  /** Default 10 s, as on Lambda. */
  readonly initTimeoutMs?: number
  /** Where interpreters are looked for, and the functions' own PATH. */
  readonly path?: string
  readonly onLine?: (event: FunctionLine) => void
}

export interface InvokeOptions {
  readonly requestId: string
  /** JSON text: what Lambda's Invoke carries in ClientContext, before base64. */
  readonly clientContext?: string
  /** Aborted when the caller stops waiting: a running invocation goes on, a waiting one is dropped. */
  readonly signal?: AbortSignal
}

export interface Functions extends AsyncDisposable {
  /**
   * New or changed code: starts one environment of it, and only when its init succeeds makes it what
   * new invocations use; running ones end on the old code. Returns what the handler says of its tools.
   */
  putFunction(configuration: FunctionConfiguration): Promise<{ readonly description?: unknown }>
  /** Running invocations may end; new ones find no function. */
  deleteFunction(functionName: string): Promise<void>
  invoke(functionName: string, payload: string, options: InvokeOptions): Promise<InvocationOutcome>
}

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin'
const BEAT_MS = 10
/** Where the Python bootstrap lets compiled modules be kept, beside the environments' own folders. */
const PYTHON_CACHE = 'pycache'
/** About four times a second. */
const MEMORY_BEATS = 25

interface Hosted {
  readonly hosted: HostedFunction
  readonly log: FunctionLog
  /** One change at a time. */
  changing: Promise<unknown>
}

/** Hosts functions until it is disposed of; then no process, timer or folder of theirs is left. */
export async function startFunctions(options: FunctionHostOptions): Promise<Functions> {
  const { log, logDir, tempDir, maxConcurrency, idleMs, path = DEFAULT_PATH } = options
  await mkdir(tempDir, { recursive: true, mode: 0o700 })
  const settings = { tempDir, initTimeoutMs: options.initTimeoutMs ?? 10_000 }
  const byName = new Map<string, Hosted>()
  /** With those that were deleted and still run something. */
  const all = new Set<HostedFunction>()
  const capacity = createCapacity(maxConcurrency, () => all)
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

  function hostFunction(functionName: string): Hosted {
    const known = byName.get(functionName)
    if (known !== undefined) return known
    const functionLog = openFunctionLog(functionName, logDir, options.onLine)
    const hosted = new HostedFunction(settings, capacity, () => {
      functionLog.close()
      all.delete(hosted)
    })
    all.add(hosted)
    const entry = { hosted, log: functionLog, changing: Promise.resolve() }
    byName.set(functionName, entry)
    return entry
  }

  async function change(
    { hosted, log: functionLog }: Hosted,
    configuration: FunctionConfiguration,
  ) {
    const { functionName } = configuration
    await checkConfiguration(configuration)
    const launch = await planLaunch(configuration, path)
    if (isStopped) throw new HostError('ERR_CONFLICT', 'The function host is stopping')
    const number = (revisionNumber += 1)
    pulse.wake()
    const outcome = await hosted.replace({ number, configuration, launch, log: functionLog })
    if (outcome.kind === 'failed') throw initFailure(functionName, outcome.error)
    log.info('Function ready', { functionName, runtime: launch.description })
    return outcome.description === undefined ? {} : { description: outcome.description }
  }

  async function forget(functionName: string, entry: Hosted): Promise<void> {
    if (byName.get(functionName) === entry) byName.delete(functionName)
    await entry.hosted.close()
  }

  return {
    async putFunction(configuration) {
      if (isStopped) throw new HostError('ERR_CONFLICT', 'The function host is stopping')
      const { functionName } = configuration
      const entry = hostFunction(functionName)
      const changed = entry.changing.then(() => change(entry, configuration))
      entry.changing = changed.catch(() => {}) // told to the caller of this change, not of the next
      try {
        return await changed
      } catch (error) {
        if (entry.hosted.revision === undefined) await forget(functionName, entry)
        throw error
      }
    },

    async deleteFunction(functionName) {
      const entry = byName.get(functionName)
      if (entry === undefined) throw notFound(functionName)
      await forget(functionName, entry)
    },

    invoke(functionName, payload, invocationOptions) {
      const { hosted } = byName.get(functionName) ?? {}
      if (hosted?.revision === undefined) return Promise.reject(notFound(functionName))
      // A character takes at most three bytes, so most payloads need not be measured.
      if (
        payload.length * 3 > MAX_PAYLOAD_BYTES &&
        Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES
      ) {
        return Promise.reject(eventTooLarge(payload))
      }
      pulse.wake()
      const { signal } = invocationOptions
      const event = payload === '' ? EMPTY_EVENT : payload
      return new Promise((resolve, reject) => {
        const invocation = new Invocation(invocationOptions, event, resolve, reject)
        if (signal === undefined) hosted.invoke(invocation)
        else invokeUntil(signal, hosted, invocation)
      })
    },

    async [Symbol.asyncDispose]() {
      isStopped = true
      clearInterval(reaper)
      byName.clear()
      await Promise.all([...all].map((hosted) => hosted.kill()))
      pulse.stop()
      await rm(join(tempDir, PYTHON_CACHE), { recursive: true, force: true })
    },
  }
}

/** The caller stops waiting when `signal` says so. */
function invokeUntil(signal: AbortSignal, hosted: HostedFunction, invocation: Invocation): void {
  if (signal.aborted) return invocation.refuse(signal.reason)
  const stopWaiting = () => {
    hosted.forget(invocation)
    invocation.refuse(signal.reason)
  }
  signal.addEventListener('abort', stopWaiting)
  invocation.onSettled = () => signal.removeEventListener('abort', stopWaiting)
  hosted.invoke(invocation)
}

function initFailure(functionName: string, error: FunctionError): HostError {
  const message = `Function ${functionName} does not start. ${describeInitError(error)}`
  return new HostError('ERR_TARGET_FAILED', message)
}

function notFound(functionName: string): HostError {
  return new HostError('ERR_NOT_FOUND', `Function not found: ${functionArn(functionName)}`)
}

function eventTooLarge(payload: string): HostError {
  const bytes = Buffer.byteLength(payload)
  return new HostError(
    'ERR_LIMIT_EXCEEDED',
    `The event has ${bytes} bytes; an invocation takes at most ${MAX_PAYLOAD_BYTES}`,
  )
}
