import { randomUUID } from 'node:crypto'
import { randomText } from '../../kernel/ids.ts'
import { scopeKey, type Scope } from '../../kernel/scope.ts'
import type { Sealer } from '../../kernel/seal.ts'
import { secretArn } from '../arns.ts'
import { versionExists } from './refusals.ts'
import type { Secret, SecretValue, SecretVersion } from './secret.ts'
import { addVersion, CURRENT } from './secret-versions.ts'

export interface NewSecret {
  readonly name: string
  readonly value?: SecretValue | undefined
  readonly description?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Becomes the id of the version; the same one again means the same request again. */
  readonly versionId?: string | undefined
}

export interface NewVersion {
  readonly value: SecretValue
  readonly versionId?: string | undefined
  readonly stages?: readonly string[] | undefined
}

/** Secrets as records, their values sealed. Nothing is written here. */
export interface SecretContents {
  create(scope: Scope, secret: NewSecret): Secret
  add(secret: Secret, version: NewVersion): Secret
  open(secret: Secret, version: SecretVersion): SecretValue
  /** Whether the version is there already, with the same value; another value is refused. */
  isRepeated(secret: Secret, version: NewVersion): boolean
}

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function createSecretContents(sealer: Sealer, now: () => number): SecretContents {
  const seal = (secret: Named, { value, versionId, stages }: NewVersion): SecretVersion => ({
    versionId: versionId ?? randomUUID(),
    stages: stages ?? [CURRENT],
    createdAtMs: now(),
    sealedValue: sealer.seal(JSON.stringify(value), sealContext(secret)),
  })
  const open = (secret: Secret, { sealedValue }: SecretVersion) =>
    JSON.parse(sealer.open(sealedValue, sealContext(secret))) as SecretValue

  return {
    open,
    create: (scope, { name, value, versionId, description, tags = {} }) => ({
      name,
      scope,
      secretArn: secretArn(name, randomText(SUFFIX_ALPHABET, 6), scope),
      tags,
      ...(description !== undefined && { description }),
      createdAtMs: now(),
      changedAtMs: now(),
      versions: value ? [seal({ scope, name }, { value, versionId })] : [],
    }),
    add: (secret, version) => ({
      ...secret,
      changedAtMs: now(),
      versions: addVersion(secret.versions, seal(secret, version)),
    }),
    isRepeated(secret, { versionId, value }) {
      const known = secret.versions.find((version) => version.versionId === versionId)
      if (!known) return false
      if (JSON.stringify(open(secret, known)) === JSON.stringify(value)) return true
      throw versionExists(known.versionId)
    },
  }
}

type Named = Pick<Secret, 'scope' | 'name'>

/** A value opens in the row it was sealed for and in no other. */
function sealContext({ scope, name }: Named): string {
  return `secret/${scopeKey(scope)}/${name}`
}
