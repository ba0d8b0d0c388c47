import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Scope } from '../kernel/scope.ts'
import type { CodeSources } from './code-source.ts'
import type { Functions } from './functions.ts'
import { functionKey, functionNotFound } from './function-identifier.ts'
import type { FunctionRecord } from './function-record.ts'
import type { LayerRecord } from './layer-record.ts'
import type { Records } from './records.ts'

/** What every operation on functions works with. */
export interface ControlContext extends CodeSources {
  /** For what app files describe, too. */
  readonly functions: Functions
  /** Those made through the API. */
  readonly records: Records<FunctionRecord>
  readonly layers: Records<LayerRecord>
  readonly sealer: Sealer
}

export interface FunctionName {
  readonly functionName: string
  readonly scope: Scope
}

/** Any function, also one of the app file. */
export function getFunction(
  { functions }: ControlContext,
  { functionName, scope }: FunctionName,
): FunctionRecord {
  const record = functions.findRecord(functionName, scope)
  if (record !== undefined) return record
  throw functionNotFound({ functionName, scope, qualifier: undefined })
}

/** Replaces what is known of a function that was made through the API; `change` may refuse. */
export function changeFunction<Result>(
  context: ControlContext,
  name: FunctionName,
  change: (
    record: FunctionRecord,
  ) => Promise<{ readonly record: FunctionRecord | undefined; readonly result: Result }>,
): Promise<Result> {
  const { functionName, scope } = name
  return context.records.change(functionKey(functionName, scope), async (current) => {
    if (current === undefined) {
      getFunction(context, name) // or there is none
      throw new HostError(
        'ERR_CONFLICT',
        `Function ${functionName} is described by the app file; change it there`,
      )
    }
    const { record, result } = await change(current)
    return { value: record, result }
  })
}

/** Refuses a change of something that is not any more as its caller has seen it. */
export function checkRevision(expected: string | undefined, { revisionId }: Revised): void {
  if (expected === undefined || expected === revisionId) return
  throw new AwsFault(
    'PreconditionFailedException',
    412,
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  )
}

export interface Revised {
  readonly revisionId: string
}

/** What a changed thing is called from now on. */
export function newRevision(): { readonly revisionId: string; readonly lastModified: string } {
  return { revisionId: randomUUID(), lastModified: new Date().toISOString() }
}
