/** What a parameter's `Type` means here. */
export interface ParameterType {
  readonly isList: boolean
  readonly isNumber: boolean
  /** The value given is the name of a parameter in the parameter store. */
  readonly isStored: boolean
}

/** Types whose values AWS looks up in the account; here they are texts like any other. */
const AWS_SPECIFIC =
  /^AWS::(?:EC2::(?:AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)$/

export function readParameterType(type: string): ParameterType | undefined {
  const [, stored] = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type) ?? []
  if (stored !== undefined) {
    const inner = readPlainType(stored)
    return inner && !inner.isNumber ? { ...inner, isStored: true } : undefined
  }
  return readPlainType(type)
}

function readPlainType(type: string): ParameterType | undefined {
  const plain = { isList: false, isNumber: false, isStored: false }
  if (type === 'String' || type === 'AWS::SSM::Parameter::Name' || AWS_SPECIFIC.test(type))
    return plain
  if (type === 'Number') return { ...plain, isNumber: true }
  if (type === 'CommaDelimitedList') return { ...plain, isList: true }
  const [, member = ''] = /^List<(.+)>$/.exec(type) ?? []
  if (member === 'Number') return { ...plain, isList: true, isNumber: true }
  return member === 'String' || AWS_SPECIFIC.test(member) ? { ...plain, isList: true } : undefined
}
