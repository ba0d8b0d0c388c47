import { createHash } from 'node:crypto'
import type { FunctionControl } from '../../functions/function-control.ts'
import { LATEST, qualifiedArn } from '../../functions/function-identifier.ts'
import type {
  FunctionCode,
  FunctionRecord,
  FunctionVersion,
} from '../../functions/function-record.ts'
import { openEnvironment } from '../../functions/function-settings.ts'
import type { FunctionConfiguration } from './shapes.ts'

/**
 * What an answer says of a change that has happened: Lambda still works on it when it answers, and
 * SDKs wait for the end of it.
 */
export type Progress = 'created' | 'updated' | 'done'

const STATES: Record<Progress, Partial<FunctionConfiguration>> = {
  created: {
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
  },
  updated: {
    State: 'Active',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
  },
  done: { State: 'Active', LastUpdateStatus: 'Successful' },
}

/** A version of a function; `qualifier` as the caller named it. */
export function describeFunction(
  control: FunctionControl,
  record: FunctionRecord,
  version: FunctionVersion,
  { qualifier, progress = 'done' }: { qualifier?: string | undefined; progress?: Progress } = {},
): FunctionConfiguration {
  const { functionName, scope } = record
  const { settings, code } = version
  const { architectures, ephemeralStorageMb, kmsKeyArn, logGroup } = settings.unused
  const variables = openEnvironment(control, record, settings)
  const isPublished = version.version !== LATEST
  const named = qualifier ?? (isPublished ? version.version : undefined)
  return {
    FunctionName: functionName,
    FunctionArn: qualifiedArn({ functionName, scope, qualifier: named }),
    ...(isPublished && { MasterArn: qualifiedArn({ functionName, scope, qualifier: undefined }) }),
    Version: version.version,
    Description: settings.description,
    PackageType: 'Zip',
    Runtime: settings.runtime as FunctionConfiguration['Runtime'],
    Handler: settings.handler,
    Role: settings.role,
    Timeout: settings.timeout,
    MemorySize: settings.memorySize,
    CodeSize: code.kind === 'archive' ? code.codeSize : 0,
    CodeSha256: describeSha256(code),
    ...(variables && { Environment: { Variables: variables } }),
    ...(settings.layers.length > 0 && {
      Layers: settings.layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })),
    }),
    Architectures: architectures,
    EphemeralStorage: { Size: ephemeralStorageMb },
    TracingConfig: { Mode: 'PassThrough' },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: logGroup ?? `/aws/lambda/${functionName}` },
    ...(kmsKeyArn !== undefined && { KMSKeyArn: kmsKeyArn }),
    LastModified: version.lastModified.replace('Z', '+0000'),
    RevisionId: version.revisionId,
    ...STATES[progress],
  }
}

/** A folder has no archive: what is told names the folder and not what is in it. */
function describeSha256(code: FunctionCode): string {
  if (code.kind === 'archive') return code.sha256
  return createHash('sha256').update(code.dir).digest('base64')
}
