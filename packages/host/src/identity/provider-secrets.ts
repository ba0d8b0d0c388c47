import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { managedSecretName, type ProviderKind } from './arns.ts'
import { API_KEY_JSON_KEY, CLIENT_SECRET_JSON_KEY, SECRET_OWNER } from './compat.ts'
import type { SecretPlace } from './credential-provider.ts'
import type { ManagedChange } from './secrets/managed-secrets.ts'
import type { Secrets } from './secrets/secrets.ts'

/** What a caller says about a credential: the thing itself, or the secret it is in. */
export interface SecretInput {
  readonly value?: string | undefined
  readonly source?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly config?: { readonly secretId: string; readonly jsonKey: string } | undefined
}

/** Where the credential will be, and what has to be written for that with the provider. */
export interface PlannedSecret {
  readonly place: SecretPlace
  readonly changes: readonly ManagedChange[]
}

/** The credential of a provider: written with it, read when a token is fetched. */
export interface ProviderSecrets {
  /** `before` is where it has been; a managed one stays as it is when no new value is given. */
  plan(
    owner: { readonly scope: Scope; readonly name: string; readonly kind: ProviderKind },
    input: SecretInput,
    before?: SecretPlace,
  ): PlannedSecret
  describeRemoval(scope: Scope, place: SecretPlace): readonly ManagedChange[]
  read(scope: Scope, place: SecretPlace): string
}

/** The member of the input that carries the credential, and that of the managed secret. */
const MEMBERS: Record<ProviderKind, { readonly input: string; readonly jsonKey: string }> = {
  oauth2: { input: 'clientSecret', jsonKey: CLIENT_SECRET_JSON_KEY },
  apikey: { input: 'apiKey', jsonKey: API_KEY_JSON_KEY },
}

export function createProviderSecrets(secrets: Secrets): ProviderSecrets {
  const removal = (scope: Scope, place: SecretPlace) =>
    place.source === 'MANAGED' ? [secrets.managed.describeRemoval(scope, place.secretArn)] : []

  const planExternal = (scope: Scope, { value, config }: SecretInput, member: string) => {
    if (value || !config) {
      throw invalid(`${member}Config, and no ${member}, goes with ${member}Source EXTERNAL`)
    }
    const { secretArn } = secrets.get(scope, config.secretId)
    const place: SecretPlace = { source: 'EXTERNAL', secretArn, jsonKey: config.jsonKey }
    readMember(secrets, scope, place)
    return place
  }

  return {
    plan({ scope, name, kind }, input, before) {
      const { input: member, jsonKey } = MEMBERS[kind]
      if (input.source === 'EXTERNAL') {
        const place = planExternal(scope, input, member === 'apiKey' ? 'apiKeySecret' : member)
        return { place, changes: before ? removal(scope, before) : [] }
      }
      if (input.config) throw invalid(`A secret of your own goes with the source EXTERNAL`)
      const isManaged = before?.source === 'MANAGED'
      if (!input.value && isManaged) return { place: before, changes: [] }
      if (!input.value) throw invalid(`${member} is required`)
      const text = JSON.stringify({ [jsonKey]: input.value })
      const change = isManaged
        ? secrets.managed.describeNewValue(scope, before.secretArn, text)
        : secrets.managed.describe({
            scope,
            name: managedSecretName(kind, name),
            owningService: SECRET_OWNER,
            text,
          })
      const { secretArn } = change
      return { place: { source: 'MANAGED', secretArn, jsonKey }, changes: [change] }
    },
    describeRemoval: removal,
    read: (scope, place) => readMember(secrets, scope, place),
  }
}

function readMember(secrets: Secrets, scope: Scope, { secretArn, jsonKey }: SecretPlace): string {
  const { value } = secrets.readValue(scope, secretArn)
  const member = value.kind === 'text' ? parseMember(value.text, jsonKey) : undefined
  if (member !== undefined) return member
  throw invalid(`The secret ${secretArn} has no text under the JSON key ${jsonKey}`)
}

/** JSON.parse quotes what it read; a secret must not stand in its message. */
function parseMember(text: string, jsonKey: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null
    const member: unknown = isObject ? Object.getOwnPropertyDescriptor(value, jsonKey)?.value : ''
    return typeof member === 'string' && member !== '' ? member : undefined
  } catch {
    return undefined
  }
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
