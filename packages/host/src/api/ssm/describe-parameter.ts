import {
  ssmParameterArn,
  type ReadSsmParameter,
  type SsmParameter,
} from '../../stacks/ssm-parameters/ssm-parameter.ts'
import type { Parameter, ParameterMetadata } from './shapes.ts'

/** A parameter with its value; a SecureString stays sealed unless it is to be decrypted. */
export function describeParameter(
  { parameter, version, value, selector }: ReadSsmParameter,
  withDecryption = false,
): Parameter {
  const isShown = parameter.type !== 'SecureString' || withDecryption
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: isShown ? value : version.sealedValue,
    Version: version.version,
    LastModifiedDate: new Date(version.changedAtMs),
    ARN: ssmParameterArn(parameter),
    DataType: 'text',
    ...(selector !== undefined && { Selector: selector }),
  }
}

/** Everything about a parameter but its value. */
export function describeMetadata(parameter: SsmParameter): ParameterMetadata {
  const { name, type, tier, description, allowedPattern } = parameter
  const { version = 0, changedAtMs = 0, changedBy = '' } = parameter.versions.at(-1) ?? {}
  return {
    Name: name,
    ARN: ssmParameterArn(parameter),
    Type: type,
    ...(type === 'SecureString' && { KeyId: 'alias/aws/ssm' }),
    LastModifiedDate: new Date(changedAtMs),
    LastModifiedUser: changedBy,
    ...(description !== undefined && { Description: description }),
    ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
    Version: version,
    Tier: tier,
    Policies: [],
    DataType: 'text',
  }
}
