import { randomUUID } from 'node:crypto'
import { HostError } from '../kernel/host-error.ts'
import {
  changeFunction,
  checkRevision,
  getFunction,
  type ControlContext,
  type FunctionName,
} from './control-context.ts'
import { functionNotFound, LATEST, qualifiedArn } from './function-identifier.ts'
import {
  findAlias,
  findVersion,
  type FunctionAlias,
  type FunctionRecord,
} from './function-record.ts'

export type AliasInput = Pick<FunctionAlias, 'name' | 'functionVersion' | 'description' | 'weights'>

export interface AliasChange {
  readonly functionVersion?: string | undefined
  readonly description?: string | undefined
  readonly weights?: FunctionAlias['weights'] | undefined
  readonly revisionId?: string | undefined
}

export function createAlias(
  context: ControlContext,
  name: FunctionName,
  input: AliasInput,
): Promise<FunctionAlias> {
  return changeFunction(context, name, async (record) => {
    if (findAlias(record, input.name) !== undefined) {
      const arn = qualifiedArn({ ...name, qualifier: input.name })
      throw new HostError('ERR_CONFLICT', `Alias already exists: ${arn}`)
    }
    const alias = { ...input, revisionId: randomUUID() }
    checkAlias(record, alias)
    return { record: { ...record, aliases: [...record.aliases, alias] }, result: alias }
  })
}

export function getAlias(
  context: ControlContext,
  name: FunctionName,
  aliasName: string,
): FunctionAlias {
  return requireAlias(getFunction(context, name), aliasName)
}

export function updateAlias(
  context: ControlContext,
  name: FunctionName,
  aliasName: string,
  change: AliasChange,
): Promise<FunctionAlias> {
  return changeFunction(context, name, async (record) => {
    const current = requireAlias(record, aliasName)
    checkRevision(change.revisionId, current)
    const alias: FunctionAlias = {
      name: aliasName,
      functionVersion: change.functionVersion ?? current.functionVersion,
      description: change.description ?? current.description,
      weights: change.weights ?? current.weights,
      revisionId: randomUUID(),
    }
    checkAlias(record, alias)
    const aliases = record.aliases.map((it) => (it === current ? alias : it))
    return { record: { ...record, aliases }, result: alias }
  })
}

/** One that never was is deleted, too, as on Lambda. */
export function deleteAlias(
  context: ControlContext,
  name: FunctionName,
  aliasName: string,
): Promise<void> {
  return changeFunction(context, name, async (record) => {
    if (findAlias(record, aliasName) === undefined) return { record, result: undefined }
    const aliases = record.aliases.filter((it) => it.name !== aliasName)
    const { [aliasName]: _, ...policies } = record.policies
    return { record: { ...record, aliases, policies }, result: undefined }
  })
}

function requireAlias(record: FunctionRecord, aliasName: string): FunctionAlias {
  const alias = findAlias(record, aliasName)
  if (alias !== undefined) return alias
  const { functionName, scope } = record
  const arn = qualifiedArn({ functionName, scope, qualifier: aliasName })
  throw new HostError('ERR_NOT_FOUND', `Cannot find alias arn: ${arn}`)
}

/** What an alias names must be there; weights take part of its invocations to one other version. */
function checkAlias(record: FunctionRecord, { functionVersion, weights }: FunctionAlias): void {
  const { functionName, scope } = record
  const others = Object.entries(weights)
  for (const qualifier of [functionVersion, ...others.map(([version]) => version)]) {
    if (findVersion(record, qualifier) !== undefined) continue
    throw functionNotFound({ functionName, scope, qualifier })
  }
  if (others.length === 0) return
  if (others.length > 1)
    throw invalid('Number of items in AdditionalVersionWeights cannot exceed 1')
  if (functionVersion === LATEST || LATEST in weights) {
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version')
  }
  const [[version, weight] = ['', 0]] = others
  if (version === functionVersion) {
    throw invalid(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    )
  }
  if (!(weight >= 0 && weight <= 1))
    throw invalid('The weight of a version is a number from 0 to 1')
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
