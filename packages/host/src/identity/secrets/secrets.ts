// Secrets Manager (2017-10-17), as far as credential providers need it: their own secrets can be read
// here, and those of users have a place.
//
// What is different, and stays so:
// - Values are encrypted under the host's master key. KmsKeyId must be absent or `aws/secretsmanager`.
// - Who may read a secret is not decided per secret: every caller of its account may.
// - LastAccessedDate is left out: it would make every read a write.
// - A version without a staging label is kept until there are twenty newer ones.
// What is missing, and refused rather than ignored:
// - Rotation, replication, resource policies, RestoreSecret, ListSecrets.
import { scopeKey, type Scope } from '../../kernel/scope.ts'
import type { Sealer } from '../../kernel/seal.ts'
import type { Store } from '../../store/store.ts'
import { parseArnScope } from '../arns.ts'
import { loadScopedRows, type ScopedRows } from '../../store/scoped-rows.ts'
import { createTurns } from '../../kernel/turns.ts'
import { createManagedSecrets, type ManagedSecrets } from './managed-secrets.ts'
import { requestInvalid, secretExists, secretMissing, versionMissing } from './refusals.ts'
import { createSecretContents, type NewSecret, type NewVersion } from './secret-contents.ts'
import type { Secret, SecretValue, SecretVersion } from './secret.ts'
import { CURRENT, findVersion, type VersionChoice } from './secret-versions.ts'

export interface SecretChange {
  readonly version?: NewVersion | undefined
  readonly description?: string | undefined
}

export interface Secrets {
  create(scope: Scope, secret: NewSecret): Promise<Secret>
  /** By name, by ARN, or by an ARN without its last six characters. Says nothing of pending deletion. */
  get(scope: Scope, secretId: string): Secret
  readValue(
    scope: Scope,
    secretId: string,
    choice?: VersionChoice,
  ): { readonly secret: Secret; readonly version: SecretVersion; readonly value: SecretValue }
  /** A new version, a new description, or both at once. */
  update(scope: Scope, secretId: string, change: SecretChange): Promise<Secret>
  /** Without a window it is gone at once. */
  delete(scope: Scope, secretId: string, windowDays: number | undefined): Promise<Secret>
  readonly managed: ManagedSecrets
}

const DAY_MS = 86_400_000

export async function loadSecrets(
  store: Store,
  sealer: Sealer,
  now: () => number,
): Promise<Secrets> {
  const rows = await loadScopedRows<Secret>(store, 'secret')
  const contents = createSecretContents(sealer, now)
  const inTurn = createTurns()
  const isGone = ({ deletion }: Secret) => deletion !== undefined && deletion.dueAtMs <= now()
  for (const secret of rows.all().filter(isGone)) await rows.remove(secret)

  const find = (scope: Scope, secretId: string): Secret | undefined => {
    const secret = findByIdentifier(rows, scope, secretId)
    return secret && isGone(secret) ? undefined : secret
  }
  const get = (scope: Scope, secretId: string): Secret => {
    const secret = find(scope, secretId)
    if (secret) return secret
    throw secretMissing()
  }
  const getOwn = (scope: Scope, secretId: string): Secret => {
    const secret = get(scope, secretId)
    const { owningService } = secret
    if (owningService === undefined) return secret
    throw requestInvalid(
      `The secret is managed by ${owningService}; change its credential provider instead.`,
    )
  }
  const getChangeable = (scope: Scope, secretId: string) => getReadable(getOwn(scope, secretId))

  return {
    managed: createManagedSecrets({ rows, contents, get }),
    create: (scope, request) =>
      inTurn(async () => {
        const known = find(scope, request.name)
        if (known?.deletion) throw requestInvalid(SCHEDULED_NAME)
        if (known) {
          const { value, versionId } = request
          if (value && contents.isRepeated(known, { value, versionId })) return known
          throw secretExists(request.name)
        }
        const secret = contents.create(scope, request)
        await rows.put(secret)
        return secret
      }),
    get,
    readValue(scope, secretId, choice = {}) {
      const secret = getReadable(get(scope, secretId))
      const version = findVersion(secret.versions, choice)
      if (version) return { secret, version, value: contents.open(secret, version) }
      const { versionId, versionStage = CURRENT } = choice
      throw versionMissing(
        versionId === undefined ? `staging label: ${versionStage}` : `VersionId: ${versionId}`,
      )
    },
    update: (scope, secretId, { version, description }) =>
      inTurn(async () => {
        const secret = getChangeable(scope, secretId)
        const isNew = version !== undefined && !contents.isRepeated(secret, version)
        if (!isNew && description === undefined) return secret
        const changed: Secret = {
          ...(isNew ? contents.add(secret, version) : secret),
          ...(description !== undefined && { description }),
          changedAtMs: now(),
        }
        await rows.put(changed)
        return changed
      }),
    delete: (scope, secretId, windowDays) =>
      inTurn(async () => {
        const isForced = windowDays === undefined
        // What waits for its deletion may still be deleted at once.
        const secret = isForced ? getOwn(scope, secretId) : getChangeable(scope, secretId)
        const dueAtMs = now() + (windowDays ?? 0) * DAY_MS
        const changed = { ...secret, deletion: { askedAtMs: now(), dueAtMs } }
        await (isForced ? rows.remove(secret) : rows.put(changed))
        return changed
      }),
  }
}

const SCHEDULED_NAME =
  "You can't create this secret because a secret with this name is already scheduled for deletion."

function getReadable(secret: Secret): Secret {
  if (!secret.deletion) return secret
  throw requestInvalid(
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

function findByIdentifier(rows: ScopedRows<Secret>, scope: Scope, secretId: string) {
  if (!secretId.startsWith('arn:')) return rows.find(scope, secretId)
  const owner = parseArnScope(secretId)
  if (owner === undefined || scopeKey(owner) !== scopeKey(scope)) return undefined
  const name = secretId.split(':').slice(6).join(':')
  const whole = rows.find(scope, name.replace(/-[A-Za-z0-9]{6}$/, ''))
  return whole?.secretArn === secretId ? whole : rows.find(scope, name)
}
