// Lambda functions, hosted: Node.js handlers over pipes, everything else over the Lambda Runtime API.
//
// Different from Lambda, and stays so:
// - A caller that goes away does not end the invocation, but one that still waits is never begun.
// - Layers stay folders of their own; nothing is mounted at /opt or /var/task.
// - A request that finds every environment busy waits up to a second before it is throttled.
// What is missing, and refused rather than ignored: runtimes other than nodejs, python and provided.
// What is missing and ignored: extensions, response streaming to the caller (it is buffered).
import type { AwsCaller } from '../aws/caller.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE, type Scope } from '../kernel/scope.ts'
import { createTurns, type Turns } from '../kernel/turns.ts'
import { createAppFunction } from './app-function.ts'
import { EMPTY_EVENT, MAX_PAYLOAD_BYTES } from './compat.ts'
import { startEnvironments, type Host } from './environments.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import { functionNotFound, parseFunctionIdentifier } from './function-identifier.ts'
import type { FunctionLine } from './function-log.ts'
import type { FunctionRecord, FunctionVersion } from './function-record.ts'
import { Invocation, type InvocationRequest } from './invocation.ts'
import type { FunctionError, InvocationOutcome } from './outcome.ts'
import type { ProvidePackage } from './provided-packages.ts'
import {
  ServedFunctions,
  type Invocable,
  type OpenVersion,
  type Target,
} from './served-functions.ts'

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
  /** What Lambda brings along; absent: code that lacks it does not start. */
  readonly providePackage?: ProvidePackage
  /** Where interpreters are looked for, and the functions' own PATH. */
  readonly path?: string
  readonly onLine?: (event: FunctionLine) => void
}

export interface InvokeOptions extends Omit<InvocationRequest, 'invokedFunctionArn'> {
  /** JSON text: what Lambda's Invoke carries in ClientContext, before base64. */
  readonly clientContext?: string
  /** Aborted when the caller stops waiting: a running invocation goes on, a waiting one is dropped. */
  readonly signal?: AbortSignal
}

/** A version of a function that a caller has named, ready to be invoked. */
export interface SelectedFunction {
  readonly record: FunctionRecord
  readonly version: FunctionVersion
  invoke(payload: string, options: InvokeOptions): Promise<InvocationOutcome>
}

export interface Functions extends AsyncDisposable {
  /**
   * New or changed code of an app file: starts one environment of it, and only when its init succeeds
   * makes it what new invocations use; running ones end on the old code. Returns what the handler says
   * of its tools.
   */
  putFunction(configuration: FunctionConfiguration): Promise<{ readonly description?: unknown }>
  /** Takes a function of an app file away: running invocations may end, new ones find none. */
  deleteFunction(functionName: string): Promise<void>
  /**
   * Makes a function known that was made through the API, or replaces what is known of it. Nothing
   * is started: `open` is asked when a version is first invoked.
   */
  serveFunction(record: FunctionRecord, open: OpenVersion): void
  /** The same for one that is gone. */
  withdrawFunction(functionName: string, scope: Scope): Promise<void>
  /** The names, partial and full ARNs that Lambda takes, each with or without a qualifier. */
  invoke(
    functionIdentifier: string,
    payload: string,
    options: InvokeOptions,
  ): Promise<InvocationOutcome>
  /** Rejects when the function is another account's and its policy does not let the caller in. */
  checkInvoker(functionIdentifier: string, caller: AwsCaller): Promise<void>
  /** What `invoke` would run; undefined when there is no such function. */
  find(functionIdentifier: string): SelectedFunction | undefined
  findRecord(functionName: string, scope: Scope): FunctionRecord | undefined
  listRecords(scope: Scope): readonly FunctionRecord[]
  /** Folders that something running reads its code from. */
  foldersInUse(): ReadonlySet<string>
  /** Called whenever an environment has ended. */
  onEnvironmentGone(listener: () => void): void
}

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin'

interface App {
  readonly host: Host
  /** One change at a time. */
  readonly inTurn: Turns
}

/** Hosts functions until it is disposed of; then no process, timer or folder of theirs is left. */
export async function startFunctions(options: FunctionHostOptions): Promise<Functions> {
  const { log, path = DEFAULT_PATH, initTimeoutMs = 10_000, onLine } = options
  const goneListeners: (() => void)[] = []
  const onGone = () => goneListeners.forEach((listener) => listener())
  const environments = await startEnvironments({ ...options, path, initTimeoutMs, onLine, onGone })
  const served = new ServedFunctions(environments)
  const apps = new Map<string, App>()
  let isStopped = false

  async function changeApp(host: Host, configuration: FunctionConfiguration) {
    const { functionName } = configuration
    const { hosted } = host
    const outcome = await hosted.replace(await host.plan(configuration))
    if (outcome.kind === 'failed') throw await initFailure(functionName, outcome.error)
    const previous = served.findRecord(functionName, DEFAULT_SCOPE)
    checkIsApps(previous) // somebody may have been faster
    served.putRunning(createAppFunction(configuration, previous), hosted)
    log.info('Function ready', { functionName, runtime: configuration.runtime })
    return outcome.description === undefined ? {} : { description: outcome.description }
  }

  async function removeApp(functionName: string, { host: { hosted } }: App): Promise<void> {
    apps.delete(functionName)
    const isServed = served.findRecord(functionName, DEFAULT_SCOPE)?.origin === 'app'
    if (isServed) await served.remove(functionName, DEFAULT_SCOPE)
    await hosted.close() // an app whose first init has failed is not served
  }

  return {
    async putFunction(configuration) {
      if (isStopped) throw new HostError('ERR_CONFLICT', 'The function host is stopping')
      const { functionName } = configuration
      checkIsApps(served.findRecord(functionName, DEFAULT_SCOPE))
      const app = apps.get(functionName) ?? {
        host: environments.host(functionName, DEFAULT_SCOPE),
        inTurn: createTurns(),
      }
      apps.set(functionName, app)
      try {
        return await app.inTurn(() => changeApp(app.host, configuration))
      } catch (error) {
        if (app.host.hosted.revision === undefined) await removeApp(functionName, app)
        throw error
      }
    },

    async deleteFunction(functionName) {
      const app = apps.get(functionName)
      if (app !== undefined) return removeApp(functionName, app)
      throw functionNotFound({ functionName, scope: DEFAULT_SCOPE, qualifier: undefined })
    },

    serveFunction: (record, open) => served.put(record, open),
    withdrawFunction: (functionName, scope) => served.remove(functionName, scope),

    invoke(identifier, payload, invokeOptions) {
      const target = served.find(identifier)
      if (target === undefined) return Promise.reject(unknownFunction(identifier))
      environments.wake()
      return invokeTarget(target, payload, invokeOptions)
    },

    async checkInvoker(identifier, caller) {
      const named = parseFunctionIdentifier(identifier)
      if (named === undefined) throw unknownFunction(identifier)
      const { checkInvoker } = await import('./check-invoker.ts')
      checkInvoker(served.find(identifier)?.record, named, caller)
    },

    find(identifier) {
      const target = served.find(identifier)
      if (target === undefined) return undefined
      const { record, version } = target
      return {
        record,
        version,
        invoke(payload, invokeOptions) {
          environments.wake()
          return invokeTarget(target, payload, invokeOptions)
        },
      }
    },

    findRecord: (functionName, scope) => served.findRecord(functionName, scope),
    listRecords: (scope) => served.listRecords(scope),
    foldersInUse: () => environments.foldersInUse(),
    onEnvironmentGone: (listener) => void goneListeners.push(listener),

    async [Symbol.asyncDispose]() {
      isStopped = true
      served.clear()
      await environments[Symbol.asyncDispose]()
    },
  }
}

function checkIsApps(record: FunctionRecord | undefined): void {
  if (record === undefined || record.origin === 'app') return
  const message = `Function ${record.functionName} was made through the API; delete it there, or give the app's another name`
  throw new HostError('ERR_CONFLICT', message)
}

function invokeTarget(
  { invocable, invokedFunctionArn }: Target,
  payload: string,
  options: InvokeOptions,
): Promise<InvocationOutcome> {
  // A character takes at most three bytes, so most payloads need not be measured.
  if (payload.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
    return Promise.reject(eventTooLarge(payload))
  }
  const { signal } = options
  const event = payload === '' ? EMPTY_EVENT : payload
  const request = invokedFunctionArn === '' ? options : { ...options, invokedFunctionArn }
  return new Promise((resolve, reject) => {
    const invocation = new Invocation(request, event, resolve, reject)
    if (signal === undefined) invocable.invoke(invocation)
    else invokeUntil(signal, invocable, invocation)
  })
}

/** The caller stops waiting when `signal` says so. */
function invokeUntil(signal: AbortSignal, invocable: Invocable, invocation: Invocation): void {
  if (signal.aborted) return invocation.refuse(signal.reason)
  const stopWaiting = () => {
    invocable.forget(invocation)
    invocation.refuse(signal.reason)
  }
  signal.addEventListener('abort', stopWaiting)
  invocation.onSettled = () => signal.removeEventListener('abort', stopWaiting)
  invocable.invoke(invocation)
}

async function initFailure(functionName: string, error: FunctionError): Promise<HostError> {
  const { describeInitError } = await import('./describe-init-error.ts')
  const message = `Function ${functionName} does not start. ${describeInitError(error)}`
  return new HostError('ERR_TARGET_FAILED', message)
}

function unknownFunction(identifier: string): HostError {
  const named = parseFunctionIdentifier(identifier)
  if (named !== undefined) return functionNotFound(named)
  const message = `${JSON.stringify(identifier.slice(0, 200))} is neither a function's name nor its ARN`
  return new HostError('ERR_INVALID_INPUT', message)
}

function eventTooLarge(payload: string): HostError {
  const bytes = Buffer.byteLength(payload)
  return new HostError(
    'ERR_LIMIT_EXCEEDED',
    `The event has ${bytes} bytes; an invocation takes at most ${MAX_PAYLOAD_BYTES}`,
  )
}
