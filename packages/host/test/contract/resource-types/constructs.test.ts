/* oxlint-disable no-new -- constructs are made for their effect on the stack */
// What the L2 constructs of aws-cdk-lib make of ordinary code, through CloudFormation: the newest
// templates that there are.
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import { App, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib'
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import * as cognito from 'aws-cdk-lib/aws-cognito'
import * as ecr from 'aws-cdk-lib/aws-ecr'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as logs from 'aws-cdk-lib/aws-logs'
import * as s3 from 'aws-cdk-lib/aws-s3'
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager'
import * as ssm from 'aws-cdk-lib/aws-ssm'
import { expect, test } from 'vitest'
import { startAwsHost, type AwsClients } from '../../support/aws-host.ts'

type Build = (stack: Stack, variant: 'first' | 'second') => void

const inline = (text: string) => lambda.Code.fromInline(`exports.handler = async () => '${text}'`)

const STACKS: Readonly<Record<string, Build>> = {
  functions(stack, variant) {
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
      ],
    })
    const it = new lambda.Function(stack, 'It', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: inline(variant),
      role,
      timeout: Duration.seconds(variant === 'first' ? 10 : 20),
      memorySize: 256,
      environment: { VARIANT: variant },
      tracing: lambda.Tracing.ACTIVE,
      architecture: lambda.Architecture.ARM_64,
      loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.DEBUG,
      retryAttempts: 0,
      logGroup: new logs.LogGroup(stack, 'Logs', {
        retention: logs.RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      ...(variant === 'first' && { description: 'first', reservedConcurrentExecutions: 3 }),
    })
    const live = new lambda.Alias(stack, 'Live', {
      aliasName: 'live',
      version: it.currentVersion as lambda.IVersion,
    })
    live.grantInvoke(new iam.AccountPrincipal('111111111111'))
    it.grantInvoke(new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com'))
    new cloudwatch.Alarm(stack, 'Errors', {
      metric: it.metricErrors(),
      threshold: 1,
      evaluationPeriods: 1,
    })
    new cloudwatch.Dashboard(stack, 'Board', {
      widgets: [[new cloudwatch.GraphWidget({ left: [it.metricInvocations()] })]],
    })
    new CfnOutput(stack, 'Alias', { value: live.functionArn })
  },

  people(stack, variant) {
    const pool = new cognito.UserPool(stack, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: { tier: new cognito.StringAttribute({ maxLen: 10, mutable: true }) },
      passwordPolicy: { minLength: variant === 'first' ? 10 : 12, requireSymbols: true },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      featurePlan: cognito.FeaturePlan.ESSENTIALS,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const read = new cognito.ResourceServerScope({ scopeName: 'read', scopeDescription: 'Read' })
    const server = pool.addResourceServer('Tools', { identifier: 'tools', scopes: [read] })
    pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `it-${stack.stackName.toLowerCase()}` },
    })
    const machine = pool.addClient('Machine', {
      generateSecret: true,
      oAuth: {
        flows: { clientCredentials: true },
        scopes: [cognito.OAuthScope.resourceServer(server, read)],
      },
      accessTokenValidity: Duration.minutes(variant === 'first' ? 30 : 60),
    })
    pool.addClient('Browser', {
      authFlows: { userPassword: true, userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [cognito.OAuthScope.OPENID],
        callbackUrls: ['http://localhost:3000/back'],
      },
      preventUserExistenceErrors: true,
    })
    new cognito.CfnUserPoolUser(stack, 'Ann', {
      userPoolId: pool.userPoolId,
      username: 'ann@example.com',
      userAttributes: [{ name: 'email', value: 'ann@example.com' }],
    })
    new CfnOutput(stack, 'Client', { value: machine.userPoolClientId })
  },

  gateways(stack, variant) {
    const it = new lambda.Function(stack, 'It', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: inline('it'),
    })
    const gateway = new agentcore.Gateway(stack, 'Gateway', {
      gatewayName: 'constructs',
      ...(variant === 'first' && { description: 'first' }),
    })
    gateway.addLambdaTarget('Target', {
      gatewayTargetName: 'it',
      lambdaFunction: it,
      toolSchema: agentcore.ToolSchema.fromInline([
        {
          name: 'greet',
          description: `Greets (${variant})`,
          inputSchema: {
            type: agentcore.SchemaDefinitionType.OBJECT,
            properties: { who: { type: agentcore.SchemaDefinitionType.STRING } },
            required: ['who'],
          },
        },
      ]),
    })
    new agentcore.Gateway(stack, 'Signed', {
      gatewayName: 'signed',
      authorizerConfiguration: agentcore.GatewayAuthorizer.usingAwsIam(),
    })
    new CfnOutput(stack, 'Url', { value: gateway.gatewayUrl ?? '' })
  },

  identities(stack, variant) {
    new agentcore.WorkloadIdentity(stack, 'Worker', { workloadIdentityName: 'constructs-worker' })
    new agentcore.ApiKeyCredentialProvider(stack, 'Key', {
      apiKeyCredentialProviderName: 'constructs-key',
      apiKey: SecretValue.unsafePlainText(variant),
    })
  },

  stores(stack, variant) {
    const key = new kms.Key(stack, 'Key', { enableKeyRotation: true })
    const secret = new secretsmanager.Secret(stack, 'Secret', {
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ user: 'ann' }),
        generateStringKey: 'password',
        excludePunctuation: true,
      },
    })
    const bucket = new s3.Bucket(stack, 'Bucket', {
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(7) }],
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new ssm.StringParameter(stack, 'Parameter', {
      parameterName: '/constructs/it',
      stringValue: variant,
    })
    const images = new ecr.Repository(stack, 'Images', {
      emptyOnDelete: true,
      imageScanOnPush: true,
      lifecycleRules: [{ maxImageCount: 3 }],
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new CfnOutput(stack, 'Names', {
      value: [secret.secretArn, bucket.bucketArn, images.repositoryUri].join(' '),
    })
  },
}

test.for(Object.entries(STACKS))('constructs: %s', { timeout: 60_000 }, async ([name, build]) => {
  await using host = await startAwsHost()
  const { cloudformation } = host.clients()
  const StackName = `Constructs-${name}`
  const of = (variant: 'first' | 'second') => ({
    StackName,
    TemplateBody: synthesise(StackName, (stack) => build(stack, variant)),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  })
  const wait = { client: cloudformation, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }
  const { StackId = '' } = await cloudformation.send(new CreateStackCommand(of('first')))
  await explained(host.clients(), StackId, waitUntilStackCreateComplete(wait, { StackName }))
  const described = await cloudformation.send(new DescribeStacksCommand({ StackName }))
  for (const { OutputValue } of described.Stacks?.[0]?.Outputs ?? []) {
    expect(OutputValue).toMatch(/^\w/)
  }
  await cloudformation.send(new UpdateStackCommand(of('second')))
  await explained(host.clients(), StackId, waitUntilStackUpdateComplete(wait, { StackName }))
  await cloudformation.send(new DeleteStackCommand({ StackName }))
  const named = { StackName: StackId }
  await explained(host.clients(), StackId, waitUntilStackDeleteComplete(wait, named))
})

function synthesise(name: string, build: (stack: Stack) => void): string {
  const app = new App({ analyticsReporting: true })
  const stack = new Stack(app, name, { env: { account: '000000000000', region: 'us-east-1' } })
  build(stack)
  return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template)
}

/** With the reasons of what failed, which a waiter does not tell. */
async function explained(
  { cloudformation }: AwsClients,
  StackName: string,
  waiting: Promise<unknown>,
): Promise<void> {
  try {
    await waiting
  } catch (cause) {
    const { StackEvents = [] } = await cloudformation.send(
      new DescribeStackEventsCommand({ StackName }),
    )
    const reasons = StackEvents.filter((it) => it.ResourceStatus?.endsWith('FAILED')).map(
      (it) => `${it.LogicalResourceId}: ${it.ResourceStatusReason}`,
    )
    throw new Error(reasons.join('\n'), { cause })
  }
}
