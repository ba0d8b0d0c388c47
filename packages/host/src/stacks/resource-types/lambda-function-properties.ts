// The properties of AWS::Lambda::Function: what of them is code, what is configuration, and what is not
// there on this host.
import type { Json, JsonObject } from '../json.ts'
import { asText } from './as-text.ts'
import { propertiesOf, type Gaps } from './gaps.ts'
import type { Properties } from './properties.ts'
import { isUnknown } from './unknown-values.ts'

/** What UpdateFunctionConfiguration takes, and what it is sent for a property that is gone. */
export const CONFIGURATION: Readonly<Record<string, (functionName: string) => Json | undefined>> = {
  Description: () => '',
  Environment: () => ({ Variables: {} }),
  EphemeralStorage: () => ({ Size: 512 }),
  Handler: () => undefined,
  KmsKeyArn: () => '',
  Layers: () => [],
  LoggingConfig: (functionName) => ({ LogGroup: `/aws/lambda/${functionName}` }),
  MemorySize: () => 128,
  Role: () => undefined,
  Runtime: () => undefined,
  Timeout: () => 3,
}

const ignored = {
  FunctionScalingConfig: 'there are no managed instances',
  PublishToLatestPublished: 'there are no managed instances',
  RecursiveLoop: 'loops are not looked for',
  RuntimeManagementConfig: 'functions run on the runtimes of this machine',
  'SnapStart/ApplyOn=PublishedVersions':
    'environments are not restored from snapshots; they start anew',
  'LoggingConfig/LogFormat=JSON': 'logs are text',
  'TracingConfig/Mode=Active': 'there is no X-Ray',
}

const notServed = {
  'Code/ImageUri':
    'functions are not run from container images here; give the code as ZipFile or S3Bucket and S3Key, with a bootstrap and provided.al2023 for any language',
  'Code/S3ObjectVersion': 'local buckets keep no versions of an object',
  'Code/SourceKMSKeyArn': 'there is no KMS here',
  'PackageType=Image': 'functions are not run from container images here',
  CapacityProviderConfig: 'there are no managed instances here',
  CodeSigningConfigArn: 'code is not signed here',
  DeadLetterConfig: 'there are no queues and topics here',
  DurableConfig: 'executions are not durable here',
  FileSystemConfigs: 'no file systems are mounted here',
  ImageConfig: 'functions are not run from container images here',
  TenancyConfig: 'tenants are not isolated here',
  VpcConfig: 'there are no VPCs here',
}

export const FUNCTION_GAPS = { ignored, notServed } satisfies Gaps

const OTHERS = ['Architectures', 'FunctionName', 'ReservedConcurrentExecutions', 'Tags']

export const FUNCTION_PROPERTIES: readonly string[] = [
  ...new Set([...Object.keys(CONFIGURATION), ...propertiesOf(FUNCTION_GAPS), ...OTHERS]),
]

/** CreateFunction never sees them. */
const UNSEEN = propertiesOf({ ignored })

/** Without what has no effect, and without what other operations do. */
export function adaptFunction(given: Properties): Properties {
  const { ReservedConcurrentExecutions: _, LoggingConfig: logging, ...properties } = given
  const seen = Object.entries(properties).filter(([name]) => !UNSEEN.includes(name))
  const { LogGroup } = (logging ?? {}) as JsonObject
  return {
    ...Object.fromEntries(seen),
    ...(LogGroup !== undefined && { LoggingConfig: { LogGroup } }),
  }
}

export function configurationOf(given: Properties): Properties {
  const settings = Object.entries(adaptFunction(given)).filter(([name]) => name in CONFIGURATION)
  return Object.fromEntries(settings)
}

/** What there was before, as in a new function: for what the properties say no more. */
export function clearedSettings(before: Properties, functionName: string): Properties {
  const had = Object.entries(CONFIGURATION).filter(([name]) => before[name] !== undefined)
  return Object.fromEntries(had.map(([name, value]) => [name, value(functionName)]))
}

/** Of a function that is no image: what runs it, and that this host can. */
export function checkRuntime({ Handler, PackageType, Runtime }: Properties): readonly string[] {
  if (PackageType === 'Image') return []
  if (Runtime === undefined || Handler === undefined) {
    return [
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ]
  }
  const isServed = /^(?:nodejs|python3|provided)/.test(asText(Runtime)) || isUnknown(Runtime)
  return isServed
    ? []
    : [
        `Runtime ${asText(Runtime)} cannot be had: nodejs*.x, python3.* and provided.* are run here, and anything else as a bootstrap with provided.al2023`,
      ]
}
