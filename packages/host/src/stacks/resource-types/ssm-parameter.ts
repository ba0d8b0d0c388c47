import { asText } from './as-text.ts'
import type { ModelledRow } from './modelled-row.ts'

/** AWS::SSM::Parameter (CloudFormation's resource schema). */
export const SSM_PARAMETER_ROW: ModelledRow = {
  type: 'AWS::SSM::Parameter',
  service: 'ssm',
  properties: [
    'AllowedPattern',
    'DataType',
    'Description',
    'Name',
    'Policies',
    'Tags',
    'Tier',
    'Type',
    'Value',
  ],
  required: ['Type', 'Value'],
  replacement: ['Name'],
  create: 'PutParameter',
  update: 'PutParameter',
  delete: 'DeleteParameter',
  attributes: [],
  computed: (_answered, { physicalId: name, properties, scope: { region, accountId } }) => ({
    Arn: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    Type: asText(properties['Type']),
    Value: asText(properties['Value']),
  }),
  physicalId: (_answered, { Name }) => asText(Name),
  expectedId: ({ Name }) => asText(Name),
  identify: (Name) => ({ Name }),
  name: { property: 'Name', maxLength: 1_011 },
  updateInput: { Overwrite: true },
  cleared: { AllowedPattern: '', Description: '' },
  tags: {
    property: 'Tags',
    namesStack: true,
    write: {
      tag: 'AddTagsToResource',
      untag: 'RemoveTagsFromResource',
      identify: (ResourceId) => ({ ResourceType: 'Parameter', ResourceId }),
      member: 'Tags',
      keysMember: 'TagKeys',
    },
  },
  notServed: { 'Type=SecureString': 'CloudFormation makes no SecureString parameters' },
}
