// What a template's author has to say aloud (API reference, CreateStack, Capabilities).
import { AwsFault } from '../aws/aws-fault.ts'
import type { JsonObject } from './json.ts'
import type { Template } from './template/template.ts'

const IAM_TYPES = new Set(
  ['AccessKey', 'Group', 'InstanceProfile', 'ManagedPolicy', 'Policy', 'Role', 'User'].map(
    (name) => `AWS::IAM::${name}`,
  ),
)
const IAM_TYPE_OF_USERS = 'AWS::IAM::UserToGroupAddition'
/** Custom names are asked for on top; a policy's PolicyName is no custom name of its own. */
const NAMES = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName']

export interface NeededCapabilities {
  readonly capabilities: readonly string[]
  readonly reason?: string
}

export function neededCapabilities(
  template: Pick<Template, 'resources' | 'transforms'>,
): NeededCapabilities {
  const resources = Object.values(template.resources)
  const iam = resources.filter(({ type }) => IAM_TYPES.has(type) || type === IAM_TYPE_OF_USERS)
  const isNamed = iam.some(
    ({ type, properties }) => type !== IAM_TYPE_OF_USERS && hasName(properties),
  )
  const forIam = isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'
  const capabilities = [
    ...(iam.length > 0 ? [forIam] : []),
    ...(template.transforms.length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ]
  if (iam.length === 0) return { capabilities }
  const types = [...new Set(iam.map(({ type }) => type))].join(', ')
  return { capabilities, reason: `The following resource(s) require capabilities: [${types}]` }
}

export function checkCapabilities(needed: readonly string[], given: readonly string[]): void {
  const has = (capability: string) =>
    given.includes(capability) ||
    (capability === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM'))
  const missing = needed.filter((capability) => !has(capability))
  if (missing.length === 0) return
  const message = `Requires capabilities : [${missing.join(', ')}]`
  throw new AwsFault('InsufficientCapabilitiesException', 400, message)
}

function hasName(properties: JsonObject): boolean {
  return NAMES.some((name) => properties[name] !== undefined)
}
