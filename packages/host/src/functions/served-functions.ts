import type { Scope } from '../kernel/scope.ts'
import type { Environments, Host } from './environments.ts'
import {
  functionKey,
  functionNotFound,
  LATEST,
  parseFunctionIdentifier,
  qualifiedArn,
} from './function-identifier.ts'
import {
  findVersion,
  isSteady,
  selectVersion,
  type FunctionRecord,
  type FunctionVersion,
} from './function-record.ts'
import type { Invocation } from './invocation.ts'

/** What invocations are given to. */
export interface Invocable {
  invoke(invocation: Invocation): void
  forget(invocation: Invocation): void
  close(): Promise<void>
  /** What runs it is to be asked for again, before the next invocation. */
  renew?(): void
}

/** What a caller's words for a function mean now. */
export interface Target {
  readonly record: FunctionRecord
  readonly version: FunctionVersion
  readonly invocable: Invocable
  /** Empty when the version's environments know it. */
  readonly invokedFunctionArn: string
}

/** A version that is invoked for the first time; `current` is what is known of it by then. */
export type OpenVersion = (host: Host, current: () => CurrentVersion) => Invocable

export interface CurrentVersion {
  readonly record: FunctionRecord
  readonly version: FunctionVersion
}

interface Served {
  record: FunctionRecord
  /** Undefined: its one version was there before the function was. */
  readonly open: OpenVersion | undefined
  /** Those that were invoked. */
  readonly versions: Map<string, Invocable>
}

/** How many spellings of identifiers are remembered. */
const MAX_TARGETS = 10_000

/** Which functions there are, and what runs an invocation of one. */
export class ServedFunctions {
  readonly #environments: Environments
  readonly #served = new Map<string, Served>()
  /** By what callers say. Emptied with every change: which are concerned is not worth knowing. */
  readonly #targets = new Map<string, Target>()

  constructor(environments: Environments) {
    this.#environments = environments
  }

  findRecord(functionName: string, scope: Scope): FunctionRecord | undefined {
    return this.#served.get(functionKey(functionName, scope))?.record
  }

  listRecords({ accountId, region }: Scope): readonly FunctionRecord[] {
    return [...this.#served.values()]
      .map(({ record }) => record)
      .filter(({ scope }) => scope.accountId === accountId && scope.region === region)
  }

  /** A function whose one version is running already. */
  putRunning(record: FunctionRecord, invocable: Invocable): void {
    const key = functionKey(record.functionName, record.scope)
    const versions = new Map([[LATEST, invocable]])
    this.#served.set(key, { record, open: undefined, versions })
    this.#changed(record, record.reservedConcurrency)
  }

  /** A function, or what is known of it now; what runs an older `$LATEST` or a deleted version ends. */
  put(record: FunctionRecord, open: OpenVersion): void {
    const key = functionKey(record.functionName, record.scope)
    const entry = this.#served.get(key)
    this.#changed(record, record.reservedConcurrency)
    if (entry === undefined) {
      this.#served.set(key, { record, open, versions: new Map() })
      return
    }
    const isRenewed = record.latest !== entry.record.latest
    entry.record = record
    for (const [version, invocable] of entry.versions) {
      if (findVersion(record, version) === undefined) {
        entry.versions.delete(version)
        void invocable.close()
      } else if (version === LATEST && isRenewed) {
        invocable.renew?.()
      }
    }
  }

  /** Running invocations may end; new ones find no function. */
  async remove(functionName: string, scope: Scope): Promise<void> {
    const key = functionKey(functionName, scope)
    const entry = this.#served.get(key)
    this.#served.delete(key)
    this.#changed({ functionName, scope }, undefined)
    await Promise.all([...(entry?.versions.values() ?? [])].map((it) => it.close()))
  }

  find(identifier: string): Target | undefined {
    return this.#targets.get(identifier) ?? this.#resolve(identifier)
  }

  clear(): void {
    this.#served.clear()
    this.#targets.clear()
  }

  #resolve(identifier: string): Target | undefined {
    const named = parseFunctionIdentifier(identifier)
    if (named === undefined) return undefined
    const entry = this.#served.get(functionKey(named.functionName, named.scope))
    if (entry === undefined) return undefined
    const { record } = entry
    const version = selectVersion(record, named.qualifier)
    if (version === undefined) return undefined
    const isOwn = named.qualifier === (version.version === LATEST ? undefined : version.version)
    const target: Target = {
      record,
      version,
      invocable: this.#invocableOf(entry, version),
      invokedFunctionArn: isOwn ? '' : qualifiedArn(named),
    }
    if (isSteady(record, named.qualifier)) {
      if (this.#targets.size >= MAX_TARGETS) this.#targets.clear()
      this.#targets.set(identifier, target)
    }
    return target
  }

  #invocableOf(entry: Served, { version }: FunctionVersion): Invocable {
    const known = entry.versions.get(version)
    if (known !== undefined) return known
    const { functionName, scope } = entry.record
    const gone = () => functionNotFound({ functionName, scope, qualifier: version })
    if (entry.open === undefined) throw gone()
    const opened = entry.open(this.#environments.host(functionName, scope), () => {
      const current = findVersion(entry.record, version)
      if (current === undefined) throw gone()
      return { record: entry.record, version: current }
    })
    entry.versions.set(version, opened)
    return opened
  }

  #changed(
    { functionName, scope }: Pick<FunctionRecord, 'functionName' | 'scope'>,
    reservedConcurrency: number | undefined,
  ): void {
    this.#targets.clear()
    this.#environments.reserve(functionName, scope, reservedConcurrency)
  }
}
