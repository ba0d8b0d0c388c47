import { asText } from './as-text.ts'
import type { Recorded, RecordedRow } from './recorded-row.ts'

const NO_ROLES =
  'this host has no IAM: whoever may call it for an account may do everything there, and the resource policies of functions, gateways and runtimes decide about other accounts'
const IN_SHORT = 'recorded; this host has no IAM'

function arn(kind: string, { name, properties, scope: { accountId } }: Recorded): string {
  return `arn:aws:iam::${accountId}:${kind}${asText(properties['Path'] ?? '/')}${name}`
}

/** IAM (CloudFormation's resource schemas): ARNs that others name, and nothing that is granted. */
export const IAM_ROWS: readonly RecordedRow[] = [
  {
    type: 'AWS::IAM::Role',
    withoutEffect: NO_ROLES,
    inShort: IN_SHORT,
    properties: [
      'AssumeRolePolicyDocument',
      'Description',
      'ManagedPolicyArns',
      'MaxSessionDuration',
      'Path',
      'PermissionsBoundary',
      'Policies',
      'RoleName',
      'Tags',
    ],
    required: ['AssumeRolePolicyDocument'],
    replacement: ['Path', 'RoleName'],
    name: { property: 'RoleName', maxLength: 64 },
    attributes: (recorded) => ({ Arn: arn('role', recorded), RoleId: `AROA${recorded.id(17)}` }),
  },
  {
    type: 'AWS::IAM::Policy',
    withoutEffect: NO_ROLES,
    inShort: IN_SHORT,
    properties: ['Groups', 'PolicyDocument', 'PolicyName', 'Roles', 'Users'],
    required: ['PolicyDocument', 'PolicyName'],
    replacement: [],
    physicalId: ({ properties }) => asText(properties['PolicyName']),
    attributes: ({ properties }) => ({ Id: asText(properties['PolicyName']) }),
  },
  {
    type: 'AWS::IAM::RolePolicy',
    withoutEffect: NO_ROLES,
    inShort: IN_SHORT,
    properties: ['PolicyDocument', 'PolicyName', 'RoleName'],
    required: ['PolicyName', 'RoleName'],
    replacement: ['PolicyName', 'RoleName'],
    physicalId: ({ properties }) =>
      `${asText(properties['PolicyName'])}|${asText(properties['RoleName'])}`,
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    withoutEffect: NO_ROLES,
    inShort: IN_SHORT,
    properties: [
      'Description',
      'Groups',
      'ManagedPolicyName',
      'Path',
      'PolicyDocument',
      'Roles',
      'Users',
    ],
    required: ['PolicyDocument'],
    replacement: ['Description', 'ManagedPolicyName', 'Path'],
    name: { property: 'ManagedPolicyName', maxLength: 128 },
    physicalId: (recorded) => arn('policy', recorded),
    attributes: (recorded) => ({
      PolicyArn: arn('policy', recorded),
      PolicyId: `ANPA${recorded.id(17)}`,
      DefaultVersionId: 'v1',
    }),
  },
  {
    type: 'AWS::IAM::InstanceProfile',
    withoutEffect: NO_ROLES,
    inShort: IN_SHORT,
    properties: ['InstanceProfileName', 'Path', 'Roles'],
    required: ['Roles'],
    replacement: ['InstanceProfileName', 'Path'],
    name: { property: 'InstanceProfileName', maxLength: 128 },
    attributes: (recorded) => ({ Arn: arn('instance-profile', recorded) }),
  },
]
