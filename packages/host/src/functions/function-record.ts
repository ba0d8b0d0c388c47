import type { Scope } from '../kernel/scope.ts'

/** A function with everything that is known of it. Records are replaced, never changed. */
export interface FunctionRecord {
  readonly functionName: string
  readonly scope: Scope
  /** Described by the app file and made again at each start, or made through the API and kept. */
  readonly origin: 'app' | 'api'
  readonly createdAt: string
  readonly latest: FunctionVersion
  /** Published ones, oldest first. They never change. */
  readonly versions: readonly FunctionVersion[]
  /** Numbers are not used twice, also when versions are deleted. */
  readonly nextVersion: number
  readonly aliases: readonly FunctionAlias[]
  /** By qualifier; the function's own has the key `$LATEST`. */
  readonly policies: Readonly<Record<string, FunctionPolicy>>
  readonly reservedConcurrency?: number | undefined
  readonly tags: Readonly<Record<string, string>>
}

export interface FunctionVersion {
  /** `$LATEST` or a number. */
  readonly version: string
  readonly code: FunctionCode
  readonly settings: FunctionSettings
  readonly lastModified: string
  /** A new one with every change, for callers that want to change what they have seen. */
  readonly revisionId: string
}

/** Where the code is: an artifact of the code store, or a folder of this machine as it is. */
export type FunctionCode =
  | { readonly kind: 'archive'; readonly sha256: string; readonly codeSize: number }
  | { readonly kind: 'folder'; readonly dir: string }

/** The members of Lambda's FunctionConfiguration that can be set. */
export interface FunctionSettings {
  readonly runtime: string
  readonly handler: string
  readonly role: string
  readonly description: string
  /** Seconds. */
  readonly timeout: number
  /** Megabytes. */
  readonly memorySize: number
  readonly layers: readonly FunctionLayer[]
  /** JSON of the variables, sealed for the function's row. */
  readonly sealedEnvironment?: string | undefined
  /** Kept and told again; nothing here depends on them. */
  readonly unused: UnusedSettings
}

export interface UnusedSettings {
  readonly architectures: readonly ('x86_64' | 'arm64')[]
  readonly ephemeralStorageMb: number
  readonly kmsKeyArn?: string | undefined
  readonly logGroup?: string | undefined
}

export interface FunctionLayer {
  readonly arn: string
  readonly sha256: string
  readonly codeSize: number
}

export interface FunctionAlias {
  readonly name: string
  readonly functionVersion: string
  readonly description: string
  /** A second version and the share of invocations it gets, 0 to 1. */
  readonly weights: Readonly<Record<string, number>>
  readonly revisionId: string
}

export interface FunctionPolicy {
  /** IAM policy statements, as AddPermission made them. */
  readonly statements: readonly { readonly Sid: string }[]
  readonly revisionId: string
}

/** `$LATEST`, a published version, or what an alias points at. */
export function findVersion(
  record: FunctionRecord,
  qualifier: string | undefined,
): FunctionVersion | undefined {
  if (qualifier === undefined || qualifier === record.latest.version) return record.latest
  return record.versions.find(({ version }) => version === qualifier)
}

export function findAlias(
  record: FunctionRecord,
  qualifier: string | undefined,
): FunctionAlias | undefined {
  return record.aliases.find(({ name }) => name === qualifier)
}

/** The version a call with this qualifier runs; an alias with weights draws one. */
export function selectVersion(
  record: FunctionRecord,
  qualifier: string | undefined,
  random: () => number = Math.random,
): FunctionVersion | undefined {
  const alias = findAlias(record, qualifier)
  if (alias === undefined) return findVersion(record, qualifier)
  let drawn = random()
  for (const [version, weight] of Object.entries(alias.weights)) {
    if (drawn < weight) return findVersion(record, version)
    drawn -= weight
  }
  return findVersion(record, alias.functionVersion)
}

/** Whether every call with this qualifier runs the same version. */
export function isSteady(record: FunctionRecord, qualifier: string | undefined): boolean {
  return Object.keys(findAlias(record, qualifier)?.weights ?? {}).length === 0
}
