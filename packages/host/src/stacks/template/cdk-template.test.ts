/* oxlint-disable no-new -- a construct adds itself to its scope */
// Templates as the AWS CDK writes them, with everything this host is for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as cdk from 'aws-cdk-lib'
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'
import * as cognito from 'aws-cdk-lib/aws-cognito'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as secrets from 'aws-cdk-lib/aws-secretsmanager'
import * as cr from 'aws-cdk-lib/custom-resources'
import { ContainerImageBuild } from 'deploy-time-build'
import { afterAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { ResourceState } from '../resource-type.ts'
import { checkTemplate } from './check-template.ts'
import { evaluateConditions } from './conditions.ts'
import { dependenciesOf } from './dependencies.ts'
import { evaluate, evaluateObject } from './evaluate.ts'
import { sortGraph } from './graph.ts'
import { readTemplate } from './read-template.ts'
import { referencesIn } from './references.ts'
import { resolveParameters } from './resolve-parameters.ts'
import { checkRules } from './rules.ts'
import type { Template } from './template.ts'
import { holdsUnknown } from './unknown.ts'

const dir = mkdtempSync(join(tmpdir(), 'catamaran-cdk-'))
afterAll(() => rmSync(dir, { recursive: true }))

const pseudo = {
  accountId: '123456789012',
  region: 'us-east-1',
  stackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/App/0',
  stackName: 'App',
}

it.each([
  ['JSON', (text: string) => text],
  ['YAML', (text: string) => stringify(JSON.parse(text), { aliasDuplicateObjects: false })],
])('a whole app is read, ordered and evaluated, as %s', async (_, rewrite) => {
  const template = readTemplate(rewrite(synthesise()))
  expect(checkTemplate(template)).toEqual([])
  const parameters = await resolveParameters(template, [], undefined, async () => '27')
  checkRules(template, parameters, pseudo)
  const conditions = evaluateConditions(template, parameters, pseudo)
  expect(conditions.get('CDKMetadataAvailable')).toBe(true)
  expect(checkTemplate(template, conditions)).toEqual([])
  const { order, cyclic } = sortGraph(dependenciesOf(template, conditions))
  expect([order.length, cyclic]).toEqual([Object.keys(template.resources).length, []])

  const attributes = attributesOf(template)
  const made = new Map<string, ResourceState>()
  const { mappings, resources, outputs } = template
  const scope = {
    parameters,
    pseudo,
    conditions,
    mappings,
    resource: (id: string) => made.get(id),
    importValue: () => undefined,
  }
  const built = new Map(
    order.map((id) => {
      const properties = evaluateObject(resources[id]?.properties ?? {}, scope)
      // In this order nothing is asked of what is not there yet.
      expect([id, holdsUnknown(properties)]).toEqual([id, false])
      made.set(id, { physicalId: id, attributes: attributes.get(id) ?? {} })
      return [resources[id]?.type, properties] as const
    }),
  )
  expect(built.get('AWS::Lambda::Function')).toBeDefined()
  expect(built.get('AWS::BedrockAgentCore::GatewayTarget')).toMatchObject({
    GatewayIdentifier: expect.stringMatching(/^arn:/) as string,
    TargetConfiguration: {
      Mcp: { Lambda: { ToolSchema: { InlinePayload: [{ Name: 'greet' }] } } },
    },
  })
  const values = Object.entries(outputs).map(([key, { value }]) => [key, evaluate(value, scope)])
  expect(Object.fromEntries(values)).toMatchObject({
    Region: 'prod-us-east-1',
    Password: expect.stringMatching(
      /^\{\{resolve:secretsmanager:.+:SecretString:k::\}\}$/,
    ) as string,
  })
})

function synthesise(): string {
  const app = new cdk.App({ outdir: join(dir, 'cdk.out'), analyticsReporting: true })
  const stack = new cdk.Stack(app, 'App')
  const names = new cdk.CfnParameter(stack, 'Names', { type: 'CommaDelimitedList', default: 'a,b' })
  const isProd = new cdk.CfnCondition(stack, 'IsProd', {
    expression: cdk.Fn.conditionNot(
      cdk.Fn.conditionEquals(cdk.Fn.select(0, names.valueAsList), 'z'),
    ),
  })
  const secret = new secrets.Secret(stack, 'Secret', {
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'k' },
  })
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    environment: {
      NAMES: cdk.Fn.join('-', names.valueAsList),
      ALL: stack.toJsonString({ names: names.valueAsList }),
    },
  })
  const pool = new cognito.UserPool(stack, 'Pool')
  pool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: cdk.Fn.select(2, cdk.Fn.split('/', stack.stackId)) },
  })
  new cr.AwsCustomResource(stack, 'Call', {
    onCreate: {
      service: 'S3',
      action: 'listBuckets',
      physicalResourceId: cr.PhysicalResourceId.of('x'),
    },
    policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  })
  const provider = new cr.Provider(stack, 'Provider', { onEventHandler: handler })
  new cdk.CustomResource(stack, 'Custom', {
    serviceToken: provider.serviceToken,
    properties: { names: names.valueAsList },
  })
  const gateway = new agentcore.Gateway(stack, 'Gateway')
  gateway.addLambdaTarget('Target', {
    lambdaFunction: handler,
    toolSchema: agentcore.ToolSchema.fromInline([
      {
        name: 'greet',
        description: 'Greets',
        inputSchema: { type: agentcore.SchemaDefinitionType.OBJECT, properties: {} },
      },
    ]),
  })
  writeFileSync(join(dir, 'Dockerfile'), 'FROM python:3.13\n')
  const image = new ContainerImageBuild(stack, 'Image', { directory: dir, exclude: ['cdk.out'] })
  const { repository, imageTag } = image
  new agentcore.Runtime(stack, 'Runtime', {
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(repository, imageTag),
  })
  new cdk.CfnOutput(stack, 'Region', {
    value: cdk.Fn.conditionIf(
      isProd.logicalId,
      `prod-${stack.region}`,
      cdk.Aws.NO_VALUE,
    ).toString(),
  })
  new cdk.CfnOutput(stack, 'Password', { value: secret.secretValueFromJson('k').unsafeUnwrap() })
  return JSON.stringify(app.synth().getStackByName('App').template)
}

/** Every attribute that is asked for, as an ARN, which is the only kind that is taken apart. */
function attributesOf({ resources, outputs }: Template) {
  const values = [
    ...Object.values(resources).map(({ properties }) => properties),
    ...Object.values(outputs).map(({ value }) => value),
  ]
  const attributes = new Map<string, Record<string, string>>()
  for (const reference of referencesIn(values, 'all')) {
    if (reference.kind !== 'attribute' || reference.attribute === undefined) continue
    const { name, attribute } = reference
    attributes.set(name, {
      ...attributes.get(name),
      [attribute]: `arn:aws:x:us-east-1:123456789012:${name}/${attribute}`,
    })
  }
  return attributes
}
