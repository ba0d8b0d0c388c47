/** What a template is given, resolved, by name; a name that is not there is no parameter of it. */
export type ResolvedParameters = ReadonlyMap<string, ResolvedParameter>

export interface ResolvedParameter {
  /** As it was given, or the default: what DescribeStacks calls ParameterValue. */
  readonly text: string
  /** What `Ref` gives: a list for the types that are lists. */
  readonly value: string | readonly string[]
  /** What the parameter store had, for `AWS::SSM::Parameter::Value<…>`. */
  readonly resolvedText?: string
  /** Its text is shown as asterisks. */
  readonly noEcho: boolean
}

export interface GivenParameter {
  readonly key: string
  readonly value?: string | undefined
  readonly usePreviousValue?: boolean | undefined
}
