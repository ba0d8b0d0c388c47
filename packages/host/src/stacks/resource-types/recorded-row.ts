import type { Scope } from '../../kernel/scope.ts'
import type { GeneratedName } from '../resource-type.ts'
import type { JsonObject } from '../json.ts'
import type { Properties } from './properties.ts'

/** A type that is kept and shown, and has no effect on this host. */
export interface RecordedRow {
  readonly type: string
  /** Why it has none. */
  readonly withoutEffect: string
  /** Half a line of that for events, where it is longer. */
  readonly inShort?: string
  readonly properties: readonly string[]
  readonly required: readonly string[]
  /** "Update requires: Replacement". */
  readonly replacement: readonly string[]
  /** The name that CloudFormation makes where the template has none; one that is given has the same limit. */
  readonly name?: GeneratedName & { readonly property: string }
  /** What `Ref` gives; the name unless it says otherwise. */
  readonly physicalId?: (recorded: Recorded) => string
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: (recorded: Recorded) => JsonObject
  readonly check?: (properties: Properties) => readonly string[]
}

export interface Recorded {
  readonly name: string
  readonly properties: Properties
  readonly scope: Scope
  /** Letters and digits that stay the same for one resource, for ids that a service would draw. */
  readonly id: (length: number) => string
}
