import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../json.ts'
import type { ResourceContext } from '../resource-type.ts'

/** What one request is about, beside the stack and the resource. */
export type RequestContent =
  | { readonly requestType: 'Create'; readonly properties: JsonObject }
  | {
      readonly requestType: 'Update'
      readonly properties: JsonObject
      readonly physicalId: string
      readonly oldProperties: JsonObject
    }
  | {
      readonly requestType: 'Delete'
      readonly properties: JsonObject
      readonly physicalId: string
    }

/** What the function gets ("Custom resource request objects", CloudFormation user guide). */
export function customResourceEvent(
  { stackId, logicalId, type }: ResourceContext,
  content: RequestContent,
  ids: { readonly requestId: string; readonly responseUrl: string },
): JsonObject {
  const { requestType, properties } = content
  return {
    RequestType: requestType,
    ServiceToken: properties['ServiceToken'] ?? '',
    ResponseURL: ids.responseUrl,
    StackId: stackId,
    RequestId: ids.requestId,
    LogicalResourceId: logicalId,
    ...('physicalId' in content && { PhysicalResourceId: content.physicalId }),
    ResourceType: type,
    ResourceProperties: sentProperties(properties),
    ...('oldProperties' in content && {
      OldResourceProperties: sentProperties(content.oldProperties),
    }),
  }
}

/** The same for every try of one request, so that a function can tell a repetition. */
export function requestIdOf(
  { clientToken, stackId, logicalId }: ResourceContext,
  requestType: RequestContent['requestType'],
): string {
  const hash = createHash('sha256').update(
    JSON.stringify([clientToken, stackId, logicalId, requestType]),
  )
  const hex = hash.digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/**
 * CDK's AwsCustomResource may ask its function to install the newest AWS SDK, into `/tmp` of the whole
 * machine here, at each cold start. The SDK that functions are given here is the newest already.
 */
function sentProperties(properties: JsonObject): Json {
  const { InstallLatestAwsSdk: asks, Create, Update, Delete } = properties
  const isAwsCustomResource = [Create, Update, Delete].some(
    (call) => typeof call === 'string' && call.includes('"service":'),
  )
  if (asks === undefined || !isAwsCustomResource) return asTexts(properties)
  return asTexts({ ...properties, InstallLatestAwsSdk: false })
}

/** CloudFormation sends numbers and booleans as texts, and handlers compare with 'true'. */
function asTexts(value: Json): Json {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(asTexts)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]))
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}
