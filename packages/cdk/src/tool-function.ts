// The Lambda function of a GatewayMcpServer and what is known of its tools: from a `defineServer` file,
// from existing code, or an existing function.
import type { ToolDefinition } from '@catamaran/tools'
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { FUNCTION_HANDLER } from './bundle-server.ts'
import { describeEntry } from './describe-entry.ts'
import type { GatewayMcpServerProps } from './gateway-mcp-server-props.ts'
import { bundledEnvironment, checkEnvironment, resolvedEnvironment } from './hull-environment.ts'
import { checkFunctionLimits, FUNCTION_ENVIRONMENT } from './lambda-limits.ts'
import type { Problems } from './problems.ts'
import { readTools } from './read-tools.ts'
import { withBundleFolder } from './temporary-bundle.ts'

export interface ToolFunction {
  readonly function: lambda.IFunction
  /** Undefined when they could not be found out; that is a problem already. */
  readonly tools: readonly ToolDefinition[] | undefined
  /** The name that a `defineServer` file gives its server. */
  readonly serverName?: string | undefined
  readonly instructions?: string | undefined
  /** Undefined for an existing function, whose limit we do not know. */
  readonly timeout?: Duration
}

/** Its function, made or given, and its tools. */
export function createToolFunction(
  scope: Construct,
  problems: Problems,
  props: GatewayMcpServerProps,
): ToolFunction {
  const { entry, code, function: existing, tools } = props
  const given = Object.entries({ entry, code, function: existing }).filter(([, it]) => it)
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none is given' : given.map(([name]) => name).join(' and ')
    problems.add(`Say exactly one of entry, code and function: ${found}.`)
  }
  if (entry !== undefined) return fromEntry(scope, problems, props, entry)
  if (tools === undefined) {
    problems.add('tools: existing code cannot be asked what tools it has; give their definitions.')
  }
  const known = tools === undefined ? undefined : readTools(problems, tools)
  if (existing !== undefined) return { function: existing, tools: known }
  return { ...fromCode(scope, problems, props), tools: known }
}

function fromEntry(
  scope: Construct,
  problems: Problems,
  props: GatewayMcpServerProps,
  entry: string,
): ToolFunction {
  return withBundleFolder(scope, (folder) => {
    const described = describeEntry(scope, problems, props, { entry, folder })
    const made = createFunction(scope, problems, props, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: FUNCTION_HANDLER,
      code: described === undefined ? NO_CODE : lambda.Code.fromAsset(folder),
      environmentFor: (role) => bundledEnvironment(props, role),
    })
    const { tools, name: serverName, instructions } = described ?? {}
    return { ...made, tools, serverName, instructions }
  })
}

function fromCode(scope: Construct, problems: Problems, props: GatewayMcpServerProps) {
  const { code = NO_CODE, handler, runtime = lambda.Runtime.NODEJS_24_X, layers } = props
  if (props.code !== undefined && handler === undefined) {
    problems.add('handler: say where the code is entered, e.g. "index.lambda_handler".')
  }
  return createFunction(scope, problems, props, {
    runtime,
    handler: handler ?? 'index.handler',
    code,
    ...(layers !== undefined && { layers: [...layers] }),
    environmentFor: () => resolvedEnvironment(props),
  })
}

/** Never deployed: it stands where there is no code, which fails the synthesis. */
const NO_CODE = lambda.Code.fromInline('// nothing to deploy')

interface Code extends Pick<lambda.FunctionProps, 'runtime' | 'handler' | 'code' | 'layers'> {
  readonly environmentFor: (role: iam.Role) => Record<string, string>
}

function createFunction(
  scope: Construct,
  problems: Problems,
  props: GatewayMcpServerProps,
  { environmentFor, ...code }: Code,
): { readonly function: lambda.Function; readonly timeout: Duration } {
  const { timeout = Duration.minutes(1), memorySize = 512, description } = props
  const isUsable = checkEnvironment(problems, props, FUNCTION_ENVIRONMENT)
  const limits = checkFunctionLimits(problems, { timeout, memorySize })
  const logGroup = new logs.LogGroup(scope, 'FunctionLogs', {
    retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = createFunctionRole(scope, logGroup, props.tracing ?? false)
  const made = new lambda.Function(scope, 'Function', {
    ...code,
    ...limits,
    ...(description !== undefined && { description }),
    environment: isUsable ? environmentFor(role) : {},
    architecture: props.architecture ?? lambda.Architecture.ARM_64,
    logGroup,
    role,
    tracing: props.tracing === true ? lambda.Tracing.ACTIVE : lambda.Tracing.DISABLED,
  })
  return { function: made, timeout: limits.timeout }
}

/** May write into its own log group; what the tools need is granted to the server. */
function createFunctionRole(
  scope: Construct,
  logGroup: logs.LogGroup,
  isTraced: boolean,
): iam.Role {
  const role = new iam.Role(scope, 'FunctionRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'What the tools of an MCP server may do',
  })
  logGroup.grantWrite(role)
  if (isTraced) {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'xray:PutTraceSegments and xray:PutTelemetryRecords cannot be limited to a resource.',
    })
  }
  return role
}
