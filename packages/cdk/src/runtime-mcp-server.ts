import { Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { addAlarms } from './alarms.ts'
import { checkAuthorizer } from './check-authorizer.ts'
import { CognitoM2M } from './cognito-m2m.ts'
import { bundledEnvironment, checkEnvironment, resolvedEnvironment } from './hull-environment.ts'
import { toRuntimeAuthorizer, type IMcpAuthorizer } from './mcp-authorizer.ts'
import { checkDescription, checkName } from './name-rules.ts'
import { Problems } from './problems.ts'
import { createArtifact } from './runtime-artifact.ts'
import { checkHeaders, readLifecycle, RUNTIME_ENVIRONMENT } from './runtime-limits.ts'
import type { RuntimeMcpServerProps } from './runtime-mcp-server-props.ts'
import { deliverTraces } from './trace-delivery.ts'
import { uniqueName } from './unique-name.ts'

const MAX_DESCRIPTION = 200
const ENDPOINT = 'DEFAULT'

/**
 * An MCP server on AgentCore Runtime: a process per session, which speaks all of MCP that the server
 * does and may take hours. What it may do is granted to the server (`table.grantReadData(server)`).
 *
 * ```ts
 * const server = new RuntimeMcpServer(this, 'WebSearch', {
 *   entry: join(import.meta.dirname, 'server.ts'),
 *   secrets: { OPENAI_API_KEY: Secret.fromSecretNameV2(this, 'Key', 'openai-api-key') },
 * })
 * new CfnOutput(this, 'Url', { value: server.runtimeUrl })
 * ```
 */
export class RuntimeMcpServer extends Construct implements iam.IGrantable {
  /** The runtime as CDK's own constructs know it: metrics, grants, endpoints. */
  readonly runtime: agentcore.IBedrockAgentRuntime
  readonly resource: agentcore.CfnRuntime
  readonly role: iam.Role
  readonly authorizer: IMcpAuthorizer
  readonly runtimeArn: string
  /** Where MCP clients connect. */
  readonly runtimeUrl: string
  /** Of the endpoint DEFAULT. */
  readonly logGroup: logs.LogGroup
  readonly grantPrincipal: iam.IPrincipal

  constructor(scope: Construct, id: string, props: RuntimeMcpServerProps) {
    super(scope, id)
    const problems = new Problems(this)
    const name = uniqueName(this, { maxLength: 48, separator: '_' })
    const agentRuntimeName = checkName(problems, 'runtimeName', props.runtimeName ?? name, name)
    checkEnvironment(problems, props, RUNTIME_ENVIRONMENT)
    const authorizer = props.authorizer ?? new CognitoM2M(this, 'Callers')
    this.authorizer = checkAuthorizer(problems, authorizer)
    this.role = createRole(this, agentRuntimeName)
    this.grantPrincipal = this.role
    this.resource = createRuntime(this, problems, props, agentRuntimeName)
    this.runtimeArn = this.resource.attrAgentRuntimeArn
    this.runtimeUrl = toInvocationUrl(this, this.runtimeArn)
    this.logGroup = createLogGroup(this, props.logRetention)
    this.runtime = agentcore.Runtime.fromAgentRuntimeAttributes(this, 'Runtime', {
      agentRuntimeArn: this.runtimeArn,
      agentRuntimeId: this.resource.attrAgentRuntimeId,
      agentRuntimeName,
      roleArn: this.role.roleArn,
    })
    if (props.tracing === true) deliverTraces(this, this.runtimeArn)
    if (props.alarms) {
      addAlarms(this, props.alarms, [
        {
          id: 'RuntimeErrors',
          metric: this.runtime.metricSystemErrors(),
          description: 'AgentCore Runtime failed by itself, or the server did not start.',
        },
        {
          id: 'RuntimeThrottles',
          metric: this.runtime.metricThrottles(),
          description: 'Callers were turned away because of their rate.',
        },
      ])
    }
  }

  /** Lets an IAM principal call the server; only for `McpAuthorizer.iam()`. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['bedrock-agentcore:InvokeAgentRuntime'],
      resourceArns: [this.runtimeArn, `${this.runtimeArn}/runtime-endpoint/${ENDPOINT}`],
    })
  }
}

/** Only AgentCore, and only for this runtime, may act as it. */
function createRole(scope: Construct, runtimeName: string): iam.Role {
  const stack = Stack.of(scope)
  return new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'bedrock-agentcore',
            resource: 'runtime',
            resourceName: `${runtimeName}-*`,
          }),
        },
      },
    }),
    description: 'What an MCP server on AgentCore Runtime may do',
  })
}

/** The L1, because the role of the L2 may use every log group of AgentCore, and all of X-Ray. */
function createRuntime(
  server: RuntimeMcpServer,
  problems: Problems,
  props: RuntimeMcpServerProps,
  agentRuntimeName: string,
): agentcore.CfnRuntime {
  const { entry, requestHeaders, platformVersion } = props
  const { role } = server
  const artifact = createArtifact(server, problems, props, role) ?? {}
  const environment =
    entry === undefined ? resolvedEnvironment(props) : bundledEnvironment(props, role)
  const description = checkDescription(problems, props.description, MAX_DESCRIPTION)
  const lifecycle = readLifecycle(problems, props)
  const authorizer = toRuntimeAuthorizer(server.authorizer)
  if (requestHeaders !== undefined) checkHeaders(problems, requestHeaders)
  const runtime = new agentcore.CfnRuntime(server, 'Resource', {
    agentRuntimeName,
    agentRuntimeArtifact: artifact,
    roleArn: role.roleArn,
    networkConfiguration: { networkMode: 'PUBLIC' },
    protocolConfiguration: 'MCP',
    ...(description !== undefined && { description }),
    ...(Object.keys(environment).length > 0 && { environmentVariables: environment }),
    ...(authorizer !== undefined && { authorizerConfiguration: authorizer }),
    ...(lifecycle !== undefined && { lifecycleConfiguration: lifecycle }),
    ...(requestHeaders !== undefined && {
      requestHeaderConfiguration: { requestHeaderAllowlist: [...requestHeaders] },
    }),
    ...(platformVersion !== undefined && { platformVersion: platformVersion.value }),
  })
  // AgentCore fetches the artifact with the role when the runtime is made.
  runtime.node.addDependency(role)
  return runtime
}

/**
 * The group that the endpoint's logs go to, under the name AgentCore expects (developer guide,
 * Observability), so that it has a retention and goes with the stack. The role may write into it and
 * into no other: a policy of its own, for the group's name has the runtime's id.
 */
function createLogGroup(
  server: RuntimeMcpServer,
  retention: logs.RetentionDays = logs.RetentionDays.ONE_MONTH,
): logs.LogGroup {
  const logGroup = new logs.LogGroup(server, 'Logs', {
    logGroupName: `/aws/bedrock-agentcore/runtimes/${server.resource.attrAgentRuntimeId}-${ENDPOINT}`,
    retention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const policy = new iam.Policy(server, 'LogPolicy', {
    roles: [server.role],
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      // It lists groups, so it knows no smaller resource; AgentCore's own template of the role has it.
      new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: ['*'] }),
    ],
  })
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'logs:DescribeLogGroups lists groups, so it cannot be limited to one.',
  })
  return logGroup
}

/** The ARN is one segment of the path, so its colons and slashes are encoded (developer guide, MCP). */
function toInvocationUrl(scope: Construct, arn: string): string {
  const { region, urlSuffix } = Stack.of(scope)
  const encoded = Fn.join('%2F', Fn.split('/', Fn.join('%3A', Fn.split(':', arn))))
  return `https://bedrock-agentcore.${region}.${urlSuffix}/runtimes/${encoded}/invocations?qualifier=${ENDPOINT}`
}
