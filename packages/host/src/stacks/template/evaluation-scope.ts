import type { ResourceState } from '../resource-type.ts'
import type { ResolvedParameters } from './parameters.ts'
import type { Template } from './template.ts'

/** What a template's intrinsics are evaluated against. */
export interface EvaluationScope {
  readonly parameters: ResolvedParameters
  readonly pseudo: PseudoParameters
  readonly conditions: ReadonlyMap<string, boolean>
  readonly mappings: Template['mappings']
  /** Undefined while it is not made: what depends on it is then `UNKNOWN`. */
  resource(logicalId: string): ResourceState | undefined
  /** The value of an export of the same account and Region; undefined when there is none. */
  importValue(name: string): string | undefined
  /** An output of another stack of the same account; undefined when there is none. */
  stackOutput?(output: StackOutputName): string | undefined
}

/** What `Fn::GetStackOutput` names. */
export interface StackOutputName {
  readonly stackName: string
  readonly outputName: string
  readonly region: string | undefined
}

/** What `AWS::…` names give; `AWS::NoValue` is not one of them, because it gives nothing. */
export interface PseudoParameters {
  readonly accountId: string
  readonly region: string
  readonly stackId: string
  readonly stackName: string
  readonly notificationArns?: readonly string[]
}
