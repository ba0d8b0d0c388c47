// Functions made through the API: created, changed, published and deleted.
import { HostError } from '../kernel/host-error.ts'
import { readFunctionCode, type CodeSource } from './code-source.ts'
import {
  changeFunction,
  checkRevision,
  newRevision,
  type ControlContext,
  type FunctionName,
} from './control-context.ts'
import { functionKey, functionNotFound, LATEST, qualifiedArn } from './function-identifier.ts'
import {
  findAlias,
  findVersion,
  type FunctionRecord,
  type FunctionSettings,
  type FunctionVersion,
} from './function-record.ts'
import { readSettings, type SettingsInput } from './function-settings.ts'
import { checkTags } from './function-tags.ts'

export interface FunctionInput {
  readonly source: CodeSource
  readonly settings: SettingsInput
  readonly tags: Readonly<Record<string, string>>
  readonly publish: boolean
}

/** A function as it is now, and the version a caller asked for. */
export interface Changed {
  readonly record: FunctionRecord
  readonly version: FunctionVersion
}

const FUNCTION_NAME = /^[\w-]{1,64}$/

export async function createFunction(
  context: ControlContext,
  name: FunctionName,
  input: FunctionInput,
): Promise<Changed> {
  const { functionName, scope } = name
  if (!FUNCTION_NAME.test(functionName)) {
    const message = 'A function name has 1 to 64 letters, digits, hyphens and underscores'
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  checkTags(input.tags)
  checkIsNew(context, name)
  const settings = readSettings(context, name, input.settings)
  const code = await readFunctionCode(input.source, context, scope)
  return context.records.change(functionKey(functionName, scope), async () => {
    checkIsNew(context, name) // somebody may have been faster
    const revision = newRevision()
    const record: FunctionRecord = {
      functionName,
      scope,
      origin: 'api',
      createdAt: revision.lastModified,
      latest: { version: LATEST, code, settings, ...revision },
      versions: [],
      nextVersion: 1,
      aliases: [],
      policies: {},
      tags: input.tags,
    }
    const result = input.publish ? publish(record, undefined) : { record, version: record.latest }
    return { value: result.record, result }
  })
}

export interface CodeChange {
  readonly source: CodeSource
  readonly architectures?: SettingsInput['architectures']
  readonly publish: boolean
  /** Looks whether it would work, and says what would be. */
  readonly isDryRun: boolean
  readonly revisionId?: string | undefined
}

export async function updateFunctionCode(
  context: ControlContext,
  name: FunctionName,
  change: CodeChange,
): Promise<Changed> {
  // A new archive is unpacked before anybody waits for this function's other changes.
  await changeFunction(context, name, async (record) => {
    checkRevision(change.revisionId, record.latest)
    return { record, result: undefined }
  })
  const code = await readFunctionCode(change.source, context, name.scope)
  return changeFunction(context, name, async (current) => {
    checkRevision(change.revisionId, current.latest)
    const { architectures } = change
    const settings = readSettings(context, name, { architectures }, current.latest.settings)
    const latest = { ...current.latest, code, settings, ...newRevision() }
    const record = { ...current, latest }
    const result = change.publish ? publish(record, undefined) : { record, version: latest }
    return { record: change.isDryRun ? current : result.record, result }
  })
}

export async function updateFunctionConfiguration(
  context: ControlContext,
  name: FunctionName,
  input: SettingsInput,
  revisionId: string | undefined,
): Promise<Changed> {
  return changeFunction(context, name, async (current) => {
    checkRevision(revisionId, current.latest)
    const settings = readSettings(context, name, input, current.latest.settings)
    const latest = { ...current.latest, settings, ...newRevision() }
    const record = { ...current, latest }
    return { record, result: { record, version: latest } }
  })
}

export interface PublishInput {
  readonly description?: string | undefined
  readonly codeSha256?: string | undefined
  readonly revisionId?: string | undefined
}

export function publishVersion(
  context: ControlContext,
  name: FunctionName,
  { description, codeSha256, revisionId }: PublishInput,
): Promise<Changed> {
  return changeFunction(context, name, async (current) => {
    checkRevision(revisionId, current.latest)
    const { code } = current.latest
    const actual = code.kind === 'archive' ? code.sha256 : undefined
    if (codeSha256 !== undefined && codeSha256 !== actual) {
      throw new HostError(
        'ERR_INVALID_INPUT',
        `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${actual}). Please try again with the CodeSHA256 in $LATEST.`,
      )
    }
    const result = publish(current, description)
    return { record: result.record, result }
  })
}

/** Deletes a function, or one published version of it. */
export function deleteFunction(
  context: ControlContext,
  name: FunctionName,
  qualifier: string | undefined,
): Promise<void> {
  return changeFunction(context, name, async (record) => ({
    record: qualifier === undefined ? undefined : withoutVersion(record, qualifier),
    result: undefined,
  }))
}

/** `$LATEST` as a version of its own, unless nothing has changed since the last one. */
function publish(record: FunctionRecord, description: string | undefined): Changed {
  const { latest, nextVersion } = record
  if (latest.code.kind === 'folder') {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      'A function that runs from a folder has no versions: what is in the folder may change. Send an archive',
    )
  }
  const last = record.versions.at(-1)
  if (last !== undefined && isSameCode(last, latest)) return { record, version: last }
  const version: FunctionVersion = {
    ...latest,
    version: String(nextVersion),
    settings: { ...latest.settings, ...(description !== undefined && { description }) },
    ...newRevision(),
  }
  const versions = [...record.versions, version]
  return { record: { ...record, versions, nextVersion: nextVersion + 1 }, version }
}

function isSameCode(one: FunctionVersion, other: FunctionVersion): boolean {
  const comparable = ({ code, settings }: FunctionVersion): [unknown, FunctionSettings] => [
    code,
    { ...settings, description: '' },
  ]
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))
}

function withoutVersion(record: FunctionRecord, qualifier: string): FunctionRecord {
  const { functionName, scope } = record
  if (qualifier === LATEST) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      '$LATEST version cannot be deleted without deleting the function.',
    )
  }
  if (findAlias(record, qualifier) !== undefined) {
    const message = `${qualifiedArn({ functionName, scope, qualifier })} is an alias; DeleteAlias deletes it`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  if (findVersion(record, qualifier) === undefined) {
    throw functionNotFound({ functionName, scope, qualifier })
  }
  const users = record.aliases.filter(
    ({ functionVersion, weights }) => functionVersion === qualifier || qualifier in weights,
  )
  if (users.length > 0) {
    throw new HostError(
      'ERR_CONFLICT',
      `Unable to delete version because the following aliases reference it: [${users.map(({ name }) => name).join(', ')}]`,
    )
  }
  const { [qualifier]: _, ...policies } = record.policies
  const versions = record.versions.filter(({ version }) => version !== qualifier)
  return { ...record, versions, policies }
}

function checkIsNew({ functions }: ControlContext, { functionName, scope }: FunctionName): void {
  if (functions.findRecord(functionName, scope) === undefined) return
  throw new HostError('ERR_CONFLICT', `Function already exist: ${functionName}`)
}
