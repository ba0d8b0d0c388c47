import {
  createFunction,
  deleteFunction,
  publishVersion,
  updateFunctionCode,
  updateFunctionConfiguration,
} from '../../functions/function-changes.ts'
import { getFunction } from '../../functions/control-context.ts'
import {
  functionNotFound,
  LATEST,
  type FunctionIdentifier,
} from '../../functions/function-identifier.ts'
import {
  findAlias,
  findVersion,
  type FunctionRecord,
  type FunctionVersion,
} from '../../functions/function-record.ts'
import type { AwsCall, Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { describeFunction } from './describe-function.ts'
import { readOwnFunctionName, readUnqualifiedName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import { readCode } from './read-code.ts'
import { readSettingsInput } from './read-settings.ts'
import type { LambdaOperations } from './shapes.ts'

type Operations = Pick<
  LambdaOperations,
  | 'CreateFunction'
  | 'GetFunction'
  | 'GetFunctionConfiguration'
  | 'ListFunctions'
  | 'ListVersionsByFunction'
  | 'UpdateFunctionCode'
  | 'UpdateFunctionConfiguration'
  | 'PublishVersion'
  | 'DeleteFunction'
>

interface Listed {
  readonly record: FunctionRecord
  readonly version: FunctionVersion
}

/** Lambda API reference, ListFunctions and ListVersionsByFunction. */
const PAGE = 50

/** Functions and their versions. */
export function functionOperations({ functions, control }: LambdaContext): Handlers<Operations> {
  const find = (call: AwsCall, functionName: string, qualifier: string | undefined) => {
    const named = readOwnFunctionName(call, functionName, qualifier)
    const record = getFunction(control, named)
    return { named, record, version: requireVersion(record, named) }
  }
  const describeQualified = ({ record, version }: Listed) =>
    describeFunction(control, record, version, { qualifier: version.version })
  return {
    async CreateFunction({ Code, FunctionName, Publish, Tags, ...settings }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      const { record, version } = await createFunction(control, named, {
        source: readCode(Code),
        settings: readSettingsInput(settings),
        tags: Tags ?? {},
        publish: Publish ?? false,
      })
      return describeFunction(control, record, version, { progress: 'created' })
    },

    GetFunction({ FunctionName, Qualifier }, call) {
      const { named, record, version } = find(call, FunctionName, Qualifier)
      const { reservedConcurrency, tags } = record
      return {
        Configuration: describeFunction(control, record, version, named),
        Code: { RepositoryType: 'S3' },
        ...(Object.keys(tags).length > 0 && { Tags: tags }),
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      }
    },

    GetFunctionConfiguration({ FunctionName, Qualifier }, call) {
      const { named, record, version } = find(call, FunctionName, Qualifier)
      return describeFunction(control, record, version, named)
    },

    ListFunctions({ FunctionVersion, Marker, MasterRegion, MaxItems }, { scope }) {
      // Functions of Lambda@Edge are the only ones that another Region could be the master of.
      const isOther =
        MasterRegion !== undefined && MasterRegion !== 'ALL' && MasterRegion !== scope.region
      const records = isOther ? [] : functions.listRecords(scope)
      const areAll = FunctionVersion === 'ALL'
      const listed = areAll
        ? records.flatMap(listVersions)
        : records.map((record) => ({ record, version: record.latest }))
      const { items, nextToken } = paginate(listed, {
        maxResults: MaxItems,
        nextToken: Marker,
        limit: PAGE,
        keyOf: ({ record, version }) => `${record.functionName} ${versionKey(version)}`,
      })
      const Functions = areAll
        ? items.map(describeQualified)
        : items.map(({ record, version }) => describeFunction(control, record, version))
      return { Functions, NextMarker: nextToken }
    },

    ListVersionsByFunction({ FunctionName, Marker, MaxItems }, call) {
      const record = getFunction(control, readUnqualifiedName(call, FunctionName))
      const { items, nextToken } = paginate(listVersions(record), {
        maxResults: MaxItems,
        nextToken: Marker,
        limit: PAGE,
        keyOf: ({ version }) => versionKey(version),
      })
      return { Versions: items.map(describeQualified), NextMarker: nextToken }
    },

    async UpdateFunctionCode(request, call) {
      const { FunctionName, Architectures, DryRun, Publish, PublishTo, RevisionId, ...code } =
        request
      readSettingsInput({ PublishTo })
      const named = readUnqualifiedName(call, FunctionName)
      const { record, version } = await updateFunctionCode(control, named, {
        source: readCode(code),
        architectures: Architectures,
        publish: Publish ?? false,
        isDryRun: DryRun ?? false,
        revisionId: RevisionId,
      })
      return describeFunction(control, record, version, { progress: 'updated' })
    },

    async UpdateFunctionConfiguration({ FunctionName, RevisionId, ...settings }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      const { record, version } = await updateFunctionConfiguration(
        control,
        named,
        readSettingsInput(settings),
        RevisionId,
      )
      return describeFunction(control, record, version, { progress: 'updated' })
    },

    async PublishVersion(request, call) {
      const { FunctionName, CodeSha256, Description, PublishTo, RevisionId } = request
      readSettingsInput({ PublishTo })
      const named = readUnqualifiedName(call, FunctionName)
      const { record, version } = await publishVersion(control, named, {
        description: Description,
        codeSha256: CodeSha256,
        revisionId: RevisionId,
      })
      return describeFunction(control, record, version)
    },

    async DeleteFunction({ FunctionName, Qualifier }, call) {
      const named = readOwnFunctionName(call, FunctionName, Qualifier)
      await deleteFunction(control, named, named.qualifier)
      return { StatusCode: 204 }
    },
  }
}

function requireVersion(record: FunctionRecord, named: FunctionIdentifier) {
  const alias = findAlias(record, named.qualifier)
  const version = findVersion(record, alias?.functionVersion ?? named.qualifier)
  if (version === undefined) throw functionNotFound(named)
  return version
}

function listVersions(record: FunctionRecord): readonly Listed[] {
  return [record.latest, ...record.versions].map((version) => ({ record, version }))
}

/** `$LATEST` first, then by number. */
function versionKey({ version }: FunctionVersion): string {
  return version === LATEST ? '' : version.padStart(10, '0')
}
