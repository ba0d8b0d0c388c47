import type { Json, JsonObject } from '../json.ts'

/**
 * A template that has been read: its sections have their shapes, its intrinsics are not evaluated.
 * The records have no prototype: `constructor` is a logical id like any other.
 */
export interface Template {
  /** As it was given, for GetTemplate. */
  readonly text: string
  readonly description?: string
  readonly metadata: JsonObject
  /** `AWS::LanguageExtensions`, or nothing: any other was refused. */
  readonly transforms: readonly string[]
  readonly parameters: Readonly<Record<string, TemplateParameter>>
  readonly mappings: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>
  readonly conditions: JsonObject
  readonly rules: JsonObject
  readonly resources: Readonly<Record<string, TemplateResource>>
  readonly outputs: Readonly<Record<string, TemplateOutput>>
}

export interface TemplateParameter {
  readonly type: string
  readonly default?: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly constraintDescription?: string
  readonly description?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
  readonly noEcho: boolean
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot'

export interface TemplateResource {
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  readonly condition?: string
  readonly deletionPolicy?: DeletionPolicy
  readonly updateReplacePolicy?: DeletionPolicy
  readonly creationPolicy?: Json
  readonly updatePolicy?: Json
  readonly metadata: JsonObject
}

export interface TemplateOutput {
  readonly value: Json
  readonly description?: string
  readonly condition?: string
  /** Export.Name, which may hold intrinsics. */
  readonly exportName?: Json
}
