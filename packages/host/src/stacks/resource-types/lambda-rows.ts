import { asText } from './as-text.ts'
import type { ModelledRow } from './modelled-row.ts'
import type { Properties } from './properties.ts'

const NOT_WARM = 'environments start when they are needed, and none is kept warm'

/** What belongs to functions (CloudFormation's resource schemas, AWS::Lambda). */
export const LAMBDA_ROWS: readonly ModelledRow[] = [
  {
    type: 'AWS::Lambda::Alias',
    service: 'lambda',
    properties: [
      'Description',
      'FunctionName',
      'FunctionVersion',
      'Name',
      'ProvisionedConcurrencyConfig',
      'RoutingConfig',
    ],
    required: ['FunctionName', 'FunctionVersion', 'Name'],
    replacement: ['FunctionName', 'Name'],
    create: 'CreateAlias',
    read: 'GetAlias',
    update: 'UpdateAlias',
    delete: 'DeleteAlias',
    attributes: ['AliasArn'],
    physicalId: ({ AliasArn }) => asText(AliasArn),
    expectedId: ({ FunctionName, Name }, { region, accountId }) =>
      `arn:aws:lambda:${region}:${accountId}:function:${lastPart(FunctionName)}:${asText(Name)}`,
    identify(aliasArn) {
      const [FunctionName, Name] = aliasArn.split(':').slice(-2)
      return { FunctionName, Name }
    },
    adapt: readRouting,
    cleared: { Description: '', RoutingConfig: {} },
    ignored: { ProvisionedConcurrencyConfig: NOT_WARM },
  },
  {
    type: 'AWS::Lambda::Permission',
    service: 'lambda',
    properties: [
      'Action',
      'EventSourceToken',
      'FunctionName',
      'FunctionUrlAuthType',
      'InvokedViaFunctionUrl',
      'Principal',
      'PrincipalOrgID',
      'SourceAccount',
      'SourceArn',
    ],
    required: ['Action', 'FunctionName', 'Principal'],
    replacement: [],
    create: 'AddPermission',
    delete: 'RemovePermission',
    attributes: [],
    computed: (_answered, { physicalId }) => ({ Id: physicalId }),
    physicalId: (_answered, { StatementId }) => asText(StatementId),
    expectedId: ({ StatementId }) => asText(StatementId),
    identify: (StatementId, { FunctionName }) => ({ FunctionName, StatementId }),
    name: { property: 'StatementId', maxLength: 100 },
  },
  {
    type: 'AWS::Lambda::LayerVersion',
    service: 'lambda',
    properties: [
      'CompatibleArchitectures',
      'CompatibleRuntimes',
      'Content',
      'Description',
      'LayerName',
      'LicenseInfo',
    ],
    required: ['Content'],
    replacement: [],
    create: 'PublishLayerVersion',
    delete: 'DeleteLayerVersion',
    attributes: [],
    computed: (_answered, { physicalId }) => ({ LayerVersionArn: physicalId }),
    physicalId: ({ LayerVersionArn }) => asText(LayerVersionArn),
    identify(versionArn) {
      const [LayerName, number] = versionArn.split(':').slice(-2)
      return { LayerName, VersionNumber: Number(number) }
    },
    name: { property: 'LayerName', maxLength: 64 },
    notServed: { 'Content/S3ObjectVersion': 'local buckets keep no versions of an object' },
  },
]

/** A list in templates, a map in the API. */
function readRouting({ RoutingConfig: routing, ...properties }: Properties): Properties {
  if (typeof routing !== 'object' || routing === null) return properties
  const { AdditionalVersionWeights: list } = routing as Properties
  const weights = Array.isArray(list) ? (list as readonly Properties[]) : []
  const entries = weights.map((it) => [asText(it['FunctionVersion']), it['FunctionWeight']])
  const RoutingConfig = { AdditionalVersionWeights: Object.fromEntries(entries) as Properties }
  return { ...properties, RoutingConfig }
}

/** The name of a function, which may be named by its ARN. */
function lastPart(identifier: unknown): string {
  return asText(identifier).split(':').at(-1) ?? ''
}
