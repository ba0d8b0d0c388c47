// Custom resources of CDK whose handlers call an AWS service that this host does not serve. Such a call
// would leave this machine, with keys that AWS does not know.
import type { Json, JsonObject } from '../json.ts'
import { isUnknown } from '../template/unknown.ts'

/** What AwsCustomResource may call: packages of the AWS SDK, and the names that it takes for them. */
const SERVED = new Set([
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-identity-provider',
  'cognitoidentityserviceprovider',
  'ecr',
  'lambda',
  's3',
  'secrets-manager',
  'secretsmanager',
  'ssm',
  'sts',
])

/** Handlers of the library that do one thing only, which needs the service behind the comment sign. */
export const UNSUPPORTED_CUSTOM_RESOURCES: ReadonlySet<string> = new Set([
  'Custom::AWSCDKOpenIdConnectProvider', // OpenID Connect providers of IAM
  'Custom::CDKNodejsBuild', // AWS CodeBuild
  'Custom::CDKSociIndexBuild', // AWS CodeBuild
  'Custom::CrossAccountZoneDelegation', // Amazon Route 53
  'Custom::DeleteExistingRecordSet', // Amazon Route 53
  'Custom::DynamoDBReplica', // Amazon DynamoDB
  'Custom::GluePartitionIndex', // AWS Glue
  'Custom::S3BucketNotifications', // event notifications of Amazon S3
  'Custom::SyntheticsAutoDeleteUnderlyingResources', // CloudWatch Synthetics
  'Custom::VpcRestrictDefaultSG', // Amazon EC2
])

/** What is wrong with the calls of an AwsCustomResource, as far as they are known. */
export function callProblems(properties: JsonObject): readonly string[] {
  const services = ['Create', 'Update', 'Delete'].flatMap((each) => serviceOf(properties[each]))
  const missing = new Set(services.filter((it) => !SERVED.has(packageOf(it))))
  return [...missing].map((it) => `It calls the service ${it}, which this host does not serve`)
}

/** AwsCustomResource writes each call as a JSON text. */
function serviceOf(call: Json | undefined): readonly string[] {
  if (typeof call !== 'string' || isUnknown(call)) return []
  try {
    const { service, action } = JSON.parse(call) as Readonly<Record<string, unknown>>
    return typeof service === 'string' && typeof action === 'string' ? [service] : []
  } catch {
    return [] // somebody else's property of that name
  }
}

function packageOf(service: string): string {
  return service.toLowerCase().replace(/^@aws-sdk\/client-/, '')
}
