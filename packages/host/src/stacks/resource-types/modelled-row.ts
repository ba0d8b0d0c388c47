import type { Scope } from '../../kernel/scope.ts'
import type { JsonObject } from '../json.ts'
import type { CallableService, GeneratedName, ResourceContext } from '../resource-type.ts'
import type { Gaps } from './gaps.ts'
import type { Output } from './output.ts'
import type { Properties } from './properties.ts'
import type { Settling } from './settle.ts'
import type { TagRow } from './write-tags.ts'

/**
 * A type whose life is one operation each of one service: what its model does not say. The names of
 * properties, what is required and what replaces are CloudFormation's resource schemas'.
 */
export interface ModelledRow extends Gaps {
  readonly type: string
  readonly service: CallableService
  readonly properties: readonly string[]
  readonly required: readonly string[]
  /** "Update requires: Replacement". */
  readonly replacement: readonly string[]
  readonly create: string
  /** Tells what `Fn::GetAtt` reads; without it, creation and update do. */
  readonly read?: string
  /** Replaces what is configured. Without it, every change is a replacement. */
  readonly update?: string
  readonly delete: string
  /** The member of outputs in which the resource is described: `UserPool`. */
  readonly described?: string
  /** What `Fn::GetAtt` gives, under the names that the description has. */
  readonly attributes: readonly string[]
  /** And what it gives besides. */
  readonly computed?: (described: Output, made: MadeResource) => JsonObject
  /** What `Ref` gives, from what creation answered and was asked for. */
  physicalId(described: Output, input: Output): string
  /** The same before it is made, where names are ids. */
  expectedId?(input: Output, scope: Scope): string
  /** What an earlier try has made, where names are not unique and creations have no token. */
  find?(context: ResourceContext, input: Output): Promise<string | undefined>
  /** The members that name the resource in the other operations. */
  identify(physicalId: string, properties: Properties): Output
  /** The name that CloudFormation makes where the template has none. */
  readonly name?: GeneratedName & { readonly property: string }
  /** Properties as the operations have them, where the two differ by more than the case of letters. */
  readonly adapt?: (properties: Properties) => Properties
  /** What an update sends for a property that is gone, where leaving it out would keep it. */
  readonly cleared?: Properties
  /** Members of every update. */
  readonly updateInput?: Output
  /** The property that CloudFormation refuses to change, from what there is and what creation would take. */
  readonly findFixedChange?: (described: Output, wanted: Output) => string | undefined
  readonly settling?: Settling
  readonly tags?: TagRow
}

export interface MadeResource {
  readonly physicalId: string
  readonly properties: Properties
  readonly scope: Scope
}
