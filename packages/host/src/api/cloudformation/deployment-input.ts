// What CreateStack, UpdateStack and CreateChangeSet have in common, and what of it is refused because
// it would be ignored otherwise.
import { HostError } from '../../kernel/host-error.ts'
import type { GivenParameter, Tag as GivenTag } from '../../stacks/stacks.ts'
import type { DeploymentConfig, Parameter, RollbackConfiguration, Tag } from './shapes.ts'

interface WireInput {
  readonly Capabilities?: readonly string[] | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly StackPolicyBody?: string | undefined
  readonly StackPolicyDuringUpdateBody?: string | undefined
  readonly StackPolicyDuringUpdateURL?: string | undefined
  readonly StackPolicyURL?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
}

export function readDeployment(input: WireInput) {
  refuseUnsupported(input)
  return {
    templateBody: input.TemplateBody,
    templateUrl: input.TemplateURL,
    parameters: input.Parameters?.map(readParameter),
    tags: input.Tags?.map(readTag),
    capabilities: input.Capabilities,
    roleArn: input.RoleARN,
    notificationArns: input.NotificationARNs,
  }
}

/** The same in two places of an input; a deployment's own counts less than the operation's. */
export function readDisableRollback({
  DisableRollback,
  DeploymentConfig: config,
}: {
  readonly DisableRollback?: boolean | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
}): boolean | undefined {
  return DisableRollback ?? config?.DisableRollback
}

export function refuseExpress(config: DeploymentConfig | undefined): void {
  if (config?.Mode === 'EXPRESS') throw notSupported('DeploymentConfig.Mode EXPRESS')
}

export function notSupported(member: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', `${member} is not supported by this host.`)
}

function readParameter({
  ParameterKey,
  ParameterValue,
  UsePreviousValue,
}: Parameter): GivenParameter {
  if (ParameterKey === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'Every parameter needs a ParameterKey.')
  }
  return {
    parameterKey: ParameterKey,
    parameterValue: ParameterValue,
    usePreviousValue: UsePreviousValue,
  }
}

function readTag({ Key, Value }: Tag): GivenTag {
  return { key: Key, value: Value }
}

/** Members that mean something on AWS and nothing here. */
const UNSUPPORTED = [
  'ResourceTypes',
  'StackPolicyBody',
  'StackPolicyURL',
  'StackPolicyDuringUpdateBody',
  'StackPolicyDuringUpdateURL',
] as const

function refuseUnsupported(input: WireInput): void {
  refuseExpress(input.DeploymentConfig)
  for (const name of UNSUPPORTED) {
    const value = input[name]
    if (value !== undefined && value.length > 0) throw notSupported(name)
  }
  const { RollbackTriggers = [], MonitoringTimeInMinutes = 0 } = input.RollbackConfiguration ?? {}
  if (RollbackTriggers.length > 0 || MonitoringTimeInMinutes > 0) {
    throw notSupported('RollbackConfiguration with triggers or a monitoring time')
  }
}
