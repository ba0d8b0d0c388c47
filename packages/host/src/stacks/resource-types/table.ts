import type { ResourceType } from '../resource-type.ts'
import { AGENT_RUNTIME_ROWS } from './agent-runtimes.ts'
import { bucketPolicyType } from './bucket-policy.ts'
import { BUCKET_GAPS, bucketType } from './bucket.ts'
import { ecrRepository, REPOSITORY_GAPS } from './ecr-repository.ts'
import type { Gaps } from './gaps.ts'
import { GATEWAY_ROWS } from './gateways.ts'
import { IDENTITY_ROWS } from './identities.ts'
import { FUNCTION_GAPS } from './lambda-function-properties.ts'
import { lambdaFunction } from './lambda-function.ts'
import { LAMBDA_ROWS } from './lambda-rows.ts'
import { lambdaVersion, VERSION_GAPS } from './lambda-version.ts'
import { modelledType } from './modelled-type.ts'
import type { ResourceTypePorts } from './ports.ts'
import { IAM_ROWS } from './recorded-iam.ts'
import { OBSERVABILITY_ROWS } from './recorded-observability.ts'
import { OTHER_RECORDED_ROWS } from './recorded-rest.ts'
import { recordedType } from './recorded-type.ts'
import { secret, SECRET_GAPS } from './secret.ts'
import { SSM_PARAMETER_ROW } from './ssm-parameter.ts'
import { USER_POOL_ROWS } from './user-pools.ts'

const MODELLED = [
  ...AGENT_RUNTIME_ROWS,
  ...GATEWAY_ROWS,
  ...IDENTITY_ROWS,
  ...LAMBDA_ROWS,
  ...USER_POOL_ROWS,
  SSM_PARAMETER_ROW,
]
const RECORDED = [...IAM_ROWS, ...OBSERVABILITY_ROWS, ...OTHER_RECORDED_ROWS]

/** Every type of resource that this host knows, but for custom ones. */
export function resourceTypes(ports: ResourceTypePorts): ReadonlyMap<string, ResourceType> {
  const types = [
    ...MODELLED.map(modelledType),
    lambdaFunction,
    lambdaVersion,
    secret,
    ecrRepository,
    bucketType(ports),
    bucketPolicyType(ports),
    ...RECORDED.map(recordedType),
  ]
  return new Map(types.map((it) => [it.type, it]))
}

/** What of these types' properties has no effect here, and what is refused; for docs/compatibility.md. */
export const RESOURCE_TYPE_GAPS: ReadonlyMap<string, Gaps> = new Map([
  ...MODELLED.map((row): [string, Gaps] => [row.type, row]),
  [lambdaFunction.type, FUNCTION_GAPS],
  [lambdaVersion.type, VERSION_GAPS],
  [secret.type, SECRET_GAPS],
  [ecrRepository.type, REPOSITORY_GAPS],
  ['AWS::S3::Bucket', BUCKET_GAPS],
])
