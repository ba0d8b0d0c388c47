// What Lambda's control plane does with functions: they are made, changed and found through the API,
// and survive a restart. Nothing of a function runs before it is first invoked.
//
// Different from Lambda:
// - There are no roles: a function's Role is any text of the right form, and grants nothing.
// - State and LastUpdateStatus are Pending and InProgress in answers to changes alone.
// - S3Bucket and S3Key name a file of the data directory (code/object-store.ts), and the bucket
//   `hot-reload` a folder of this machine, where the host allows that (code-source.ts).
// - Reserved concurrency is not taken from anybody: no account-wide number has to remain.
// - A function runs on this machine's processor whatever its Architectures say.
// What is kept and told again without an effect: Description, Role, Architectures, EphemeralStorage,
// KMSKeyArn (the sealer encrypts variables), LoggingConfig.LogGroup.
// What is missing: images, SnapStart, VPCs, file systems, dead-letter queues, code signing, durable
// functions, tenant isolation, managed instances; the download link of GetFunction.
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import { createCodeSweeper } from './code-sweeper.ts'
import type { ControlContext } from './control-context.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import { functionKey } from './function-identifier.ts'
import type { FunctionRecord, FunctionVersion } from './function-record.ts'
import { openEnvironment } from './function-settings.ts'
import { layerKey, type LayerRecord } from './layer-record.ts'
import { LazyVersion } from './lazy-version.ts'
import { loadRecords, type Records } from './records.ts'
import type { OpenVersion } from './served-functions.ts'
import { watchFunctionFolder, type WatchFolder } from './watch-function-folder.ts'

export interface FunctionControlOptions extends Omit<
  ControlContext,
  'records' | 'layers' | 'allowFolders'
> {
  readonly store: Store
  readonly log: Log
  /** Allows code that is a folder of this machine, and tells of changes in it. */
  readonly watchFolder?: WatchFolder
  /** Variables of every function made through the API; its own are stronger. */
  readonly environment?: (owner: {
    readonly scope: Scope
    readonly roleArn: string
  }) => Readonly<Record<string, string>>
  /** Of asynchronous invocations that failed; default one and two minutes, as on Lambda. */
  readonly retryDelaysMs?: readonly number[]
  /** How soon code that is not needed is removed. */
  readonly sweepDelayMs?: number
}

export interface FunctionControl extends ControlContext, AsyncDisposable {
  readonly events: EventQueue
}

const RETRY_DELAYS_MS = [60_000, 120_000]
const MAX_EVENTS = 1_000
const MAX_EVENT_BYTES = 64 * 1024 * 1024
const SWEEP_DELAY_MS = 5_000

/** Reads what there is and makes it known to `functions`. */
export async function loadFunctionControl(
  options: FunctionControlOptions,
): Promise<FunctionControl> {
  const { functions, store, sealer, code, objects, log, watchFolder } = options
  const sweeper = createCodeSweeper({
    code,
    functions: () => records.values(),
    layers: () => layers.values(),
    foldersInUse: () => functions.foldersInUse(),
    delayMs: options.sweepDelayMs ?? SWEEP_DELAY_MS,
    log,
  })

  const configure = (record: FunctionRecord, version: FunctionVersion): FunctionConfiguration => {
    const { functionName, scope } = record
    const { settings } = version
    const variables = openEnvironment({ sealer }, record, settings)
    if (version.code.kind === 'folder') watched.add(record, version.code.dir)
    return {
      functionName,
      scope,
      version: version.version,
      runtime: settings.runtime,
      handler: settings.handler,
      codeDir:
        version.code.kind === 'folder' ? version.code.dir : findArtifact(version.code.sha256),
      layers: settings.layers.map(({ sha256 }) => findArtifact(sha256)),
      environment: { ...options.environment?.({ scope, roleArn: settings.role }), ...variables },
      timeoutMs: settings.timeout * 1_000,
      memorySizeMb: settings.memorySize,
    }
  }

  function findArtifact(sha256: string): string {
    const artifact = code.find(sha256)
    if (artifact !== undefined) return artifact.dir
    throw new HostError('ERR_TARGET_FAILED', 'The code is not in the data directory any more')
  }

  const open: OpenVersion = (host, current) =>
    new LazyVersion(host, () => {
      const { record, version } = current()
      return configure(record, version)
    })
  const serve = (record: FunctionRecord) => functions.serveFunction(record, open)
  const watched = watchFunctionFolder(watchFolder, (record) => {
    const { functionName, scope } = record
    const current = records.find(functionKey(functionName, scope))
    // The same code under a new identity: the next invocation starts it anew.
    if (current !== undefined) serve({ ...current, latest: { ...current.latest } })
  })

  const records: Records<FunctionRecord> = await loadRecords<FunctionRecord>({
    store,
    kind: 'function',
    keyOf: ({ functionName, scope }) => functionKey(functionName, scope),
    onChanged(key, record) {
      if (record?.latest.code.kind !== 'folder') watched.remove(key)
      if (record !== undefined) serve(record)
      else withdraw(key)
      sweeper.wake()
    },
  })
  const layers = await loadRecords<LayerRecord>({
    store,
    kind: 'layer',
    keyOf: ({ layerName, scope }) => layerKey(layerName, scope),
    onChanged: () => sweeper.wake(),
  })
  sweeper.wake() // a host that was killed may have left something
  functions.onEnvironmentGone(() => sweeper.wake())

  function withdraw(key: string): void {
    const [accountId = '', region = '', functionName = ''] = key.split('/')
    functions.withdrawFunction(functionName, { accountId, region }).catch((error: unknown) => {
      log.warn('A deleted function does not end', { functionName, reason: errorMessage(error) })
    })
  }

  const events = createEventQueue({
    invoke: (arn, payload, requestId) => functions.invoke(arn, payload, { requestId }),
    log,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    maxEvents: MAX_EVENTS,
    maxBytes: MAX_EVENT_BYTES,
  })
  return {
    functions,
    records,
    layers,
    sealer,
    code,
    objects,
    allowFolders: watchFolder !== undefined,
    events,
    async [Symbol.asyncDispose]() {
      sweeper.stop()
      watched.stop()
      await events[Symbol.asyncDispose]()
    },
  }
}
