import type { Scope } from '../../kernel/scope.ts'

/** A secret as Secrets Manager describes it, with the values sealed. */
export interface Secret {
  readonly name: string
  readonly scope: Scope
  readonly secretArn: string
  readonly description?: string
  readonly tags: Readonly<Record<string, string>>
  /** Another service made it, and only that service changes it. */
  readonly owningService?: string
  readonly createdAtMs: number
  readonly changedAtMs: number
  /** When it will be gone; until then it cannot be read. */
  readonly deletion?: { readonly askedAtMs: number; readonly dueAtMs: number }
  /** Newest last. */
  readonly versions: readonly SecretVersion[]
}

export interface SecretVersion {
  readonly versionId: string
  readonly stages: readonly string[]
  readonly createdAtMs: number
  /** A `SecretValue` as JSON. */
  readonly sealedValue: string
}

/** Bytes are written in base64. */
export type SecretValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly base64: string }
