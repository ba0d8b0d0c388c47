// The port between the engine, which knows templates and stacks, and what a resource of one type is.
import type { Scope } from '../kernel/scope.ts'
import type { JsonObject } from './json.ts'

/** One row of the table of types: how a resource is made, changed and removed. */
export interface ResourceType {
  /** `AWS::Lambda::Function` */
  readonly type: string
  /** Top-level properties that the type knows; any other is refused before anything is made. Absent: any may stand there. */
  readonly properties?: readonly string[]
  readonly required?: readonly string[]
  /** What `Fn::GetAtt` may name; any other is refused before anything is made. Absent: anything. */
  readonly attributes?: readonly string[]
  /** Kept and shown, and without an effect on this host: what a deployment says about it, in one sentence. */
  readonly withoutEffect?: string
  /** Half a line of that for events, where it is longer. */
  readonly inShort?: string
  /** What can be seen to be wrong before anything is made; properties may hold `UNKNOWN`. One sentence each. */
  check?(properties: JsonObject, logicalId: string): readonly string[]
  /** Whether a change of these properties makes a new resource (CloudFormation's "Update requires: Replacement"). */
  needsReplacement(before: JsonObject, after: JsonObject): boolean
  /** The stack's tags are passed on to the resource: when they change, it is updated. */
  readonly takesTags?: true
  create(request: ResourceRequest): Promise<ResourceState>
  /**
   * Changes the resource in place. Absent: any change is a replacement. A state with another physicalId
   * says that the resource was replaced after all (custom resources): the old one is deleted once the
   * stack is well.
   */
  update?(request: ResourceUpdate): Promise<ResourceState>
  /**
   * A resource that is gone already is no failure. Of a creation that failed only the physicalId that
   * was told to `initiated` is known, and the attributes are empty.
   */
  delete(request: ResourceDeletion): Promise<void>
}

/** What a resource is known by once it exists. */
export interface ResourceState {
  /** What `Ref` gives. */
  readonly physicalId: string
  /** What `Fn::GetAtt` gives, under its dotted names. */
  readonly attributes: JsonObject
  /** Attributes that must not be shown (a custom resource's NoEcho). */
  readonly isSecret?: boolean
  /** Its type is unknown here and the stack skips such: `Ref` and `GetAtt` give placeholder texts. */
  readonly isSkipped?: boolean
}

export interface ResourceContext {
  readonly stackId: string
  readonly stackName: string
  readonly scope: Scope
  /** The stack's tags, for types that pass them on. */
  readonly tags: Readonly<Record<string, string>>
  readonly logicalId: string
  readonly type: string
  /** The same for every try of one creation or change, also after the host was killed; 32 to 64 letters and digits. */
  readonly clientToken: string
  /** A try before this one was cut off when the host stopped: what is made already may be its work. */
  readonly isRetry: boolean
  /**
   * To be called (and awaited) as soon as something was made that has a physicalId, before waiting for it
   * to become ready: if the rest fails or the host is killed, the engine knows what to delete. Only in `create`.
   */
  initiated(physicalId: string): Promise<void>
  /** A name as CloudFormation makes them, `stack-logicalId-RANDOM12`, the same for every try; cut to `maxLength`. */
  generateName(options: GeneratedName): string
  readonly aws: CallAws
  readonly signal: AbortSignal
  /** Shown as the reason of a new event, for what takes long. */
  report(progress: string): void
}

export interface GeneratedName {
  readonly maxLength: number
  readonly isLowerCase?: boolean
  /** Instead of the hyphen. */
  readonly separator?: string
}

export interface ResourceRequest extends ResourceContext {
  readonly properties: JsonObject
  /** What an earlier try of this creation told `initiated`: it was made, and is to be waited for. */
  readonly initiatedAs?: string
}

export interface ResourceUpdate extends ResourceRequest {
  readonly before: ResourceState & { readonly properties: JsonObject }
}

export interface ResourceDeletion extends ResourceContext, ResourceState {
  readonly properties: JsonObject
}

/**
 * Does an operation of an AWS service that this host serves, as the stack's account: the same checks
 * and faults as over the wire, without the wire. Rejects with an AwsFault (or HostError) of that service.
 */
export type CallAws = <Output = Readonly<Record<string, unknown>>>(
  service: CallableService,
  operation: string,
  input: object,
) => Promise<Output>

export type CallableService =
  | 'bedrock-agentcore-control'
  | 'cognito-idp'
  | 'ecr'
  | 'lambda'
  | 'secretsmanager'
  | 'ssm'

/** Stands for what is not known before a resource is made, while a template is only checked. */
export const UNKNOWN = '\u0000unknown'
