import type { ScopeFlags } from '../flags.ts'

/** Which CDK app, and what its code is told. */
export interface SynthesisFlags extends ScopeFlags {
  /** Instead of the `app` in cdk.json: a command, or a folder that is synthesised already. */
  readonly app?: string
  /** `key=value`, each. */
  readonly context?: readonly string[]
}

/** `catamaran deploy`. */
export interface DeployFlags extends SynthesisFlags {
  readonly all?: boolean
  /** Without the stacks that the chosen ones depend on. */
  readonly exclusively?: boolean
  /** `Key=value` or `Stack:Key=value`, each. */
  readonly parameters?: readonly string[]
  readonly skipUnknown?: boolean
  /** False: what was made before a failure stays. */
  readonly rollback: boolean
  readonly watch?: boolean
  readonly up?: boolean
  readonly json?: boolean
  /** The CDK's own flag; nobody is asked here. */
  readonly requireApproval?: string
}

/** `catamaran diff`. */
export interface DiffFlags extends SynthesisFlags {
  readonly all?: boolean
  /** As for `deploy`. */
  readonly parameters?: readonly string[]
  readonly fail?: boolean
  readonly json?: boolean
}

/** `catamaran destroy`. */
export interface DestroyFlags extends SynthesisFlags {
  readonly all?: boolean
  readonly force?: boolean
  readonly json?: boolean
}

/** `catamaran stacks`. */
export interface StacksFlags extends ScopeFlags {
  readonly json?: boolean
}

/** `catamaran outputs`. */
export interface OutputsFlags extends ScopeFlags {
  readonly env?: boolean
  readonly json?: boolean
}
