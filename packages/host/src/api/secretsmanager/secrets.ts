import type { Secret, SecretValue } from '../../identity/secrets/secret.ts'
import type { Secrets } from '../../identity/secrets/secrets.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import type { GetSecretValueResponse, SecretsmanagerOperations, Tag } from './shapes.ts'

const NAME = /^[\w/+=.@!-]+$/
/** Names that services give to the secrets they own: `aws`, or with an exclamation mark. */
const RESERVED_NAME = /!/
const OWN_KEYS: ReadonlySet<string> = new Set([
  '',
  'aws/secretsmanager',
  'alias/aws/secretsmanager',
])
const DEFAULT_WINDOW_DAYS = 30

export function secretOperations(secrets: Secrets): Handlers<SecretsmanagerOperations> {
  return {
    async CreateSecret(input, { scope }) {
      refuseUnsupported(input)
      const secret = await secrets.create(scope, {
        name: readName(input.Name),
        value: readValue(input),
        description: input.Description,
        tags: readTags(input.Tags),
        versionId: input.ClientRequestToken,
      })
      return describeVersion(secret, secret.versions.at(-1)?.versionId)
    },
    DescribeSecret: ({ SecretId }, { scope }) => describe(secrets.get(scope, SecretId)),
    GetSecretValue({ SecretId, VersionId: versionId, VersionStage: versionStage }, { scope }) {
      const { secret, version, value } = secrets.readValue(scope, SecretId, {
        versionId,
        versionStage,
      })
      return {
        ARN: secret.secretArn,
        Name: secret.name,
        VersionId: version.versionId,
        VersionStages: version.stages,
        CreatedDate: new Date(version.createdAtMs),
        ...describeValue(value),
      }
    },
    async PutSecretValue(input, { scope }) {
      const { SecretId, ClientRequestToken: versionId, VersionStages: stages } = input
      if (input.RotationToken !== undefined) throw notSupported('RotationToken')
      const value = readValue(input)
      if (!value) throw invalid('You must provide either SecretString or SecretBinary.')
      const version = { value, versionId, stages }
      const secret = await secrets.update(scope, SecretId, { version })
      const added = findVersion(secret, versionId)
      return { ...describeVersion(secret, added?.versionId), VersionStages: added?.stages }
    },
    async UpdateSecret(input, { scope }) {
      refuseUnsupported(input)
      const { SecretId, Description: description, ClientRequestToken: versionId } = input
      const value = readValue(input)
      const version = value && { value, versionId }
      const secret = await secrets.update(scope, SecretId, { version, description })
      return describeVersion(secret, version && findVersion(secret, versionId)?.versionId)
    },
    async DeleteSecret({ SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery }, { scope }) {
      const windowDays = readWindow(RecoveryWindowInDays, ForceDeleteWithoutRecovery === true)
      const { secretArn, name, deletion } = await secrets.delete(scope, SecretId, windowDays)
      return {
        ARN: secretArn,
        Name: name,
        ...(deletion && { DeletionDate: new Date(deletion.dueAtMs) }),
      }
    },
  }
}

function describe(secret: Secret) {
  const { description, deletion, owningService } = secret
  return {
    ARN: secret.secretArn,
    Name: secret.name,
    ...(description !== undefined && { Description: description }),
    ...(owningService !== undefined && { OwningService: owningService }),
    CreatedDate: new Date(secret.createdAtMs),
    LastChangedDate: new Date(secret.changedAtMs),
    ...(deletion && { DeletedDate: new Date(deletion.askedAtMs) }),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    VersionIdsToStages: Object.fromEntries(
      secret.versions
        .filter(({ stages }) => stages.length > 0)
        .map(({ versionId, stages }) => [versionId, stages]),
    ),
  }
}

function describeVersion({ secretArn, name }: Secret, versionId: string | undefined) {
  return { ARN: secretArn, Name: name, ...(versionId !== undefined && { VersionId: versionId }) }
}

function findVersion({ versions }: Secret, versionId: string | undefined) {
  return versionId === undefined
    ? versions.at(-1)
    : versions.find((version) => version.versionId === versionId)
}

function describeValue(value: SecretValue): GetSecretValueResponse {
  return value.kind === 'text'
    ? { SecretString: value.text }
    : { SecretBinary: Buffer.from(value.base64, 'base64') }
}

interface ValueInput {
  readonly SecretString?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
}

function readValue({ SecretString: text, SecretBinary: bytes }: ValueInput) {
  if (text !== undefined && bytes !== undefined) {
    throw invalid("You can't specify both a binary secret value and a string secret value.")
  }
  if (text !== undefined) return { kind: 'text', text } as const
  if (bytes === undefined) return undefined
  return { kind: 'binary', base64: Buffer.from(bytes).toString('base64') } as const
}

function readName(name: string): string {
  if (!NAME.test(name)) {
    throw invalid(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    )
  }
  if (RESERVED_NAME.test(name)) throw invalid('Names with ! belong to secrets that services own.')
  return name
}

function readTags(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

function readWindow(days: number | undefined, isForced: boolean): number | undefined {
  if (isForced && days !== undefined) {
    throw invalid(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
  }
  if (isForced) return undefined
  const window = days ?? DEFAULT_WINDOW_DAYS
  if (window >= 7 && window <= 30) return window
  throw invalid('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
}

/** What would be ignored otherwise. */
function refuseUnsupported(input: {
  readonly KmsKeyId?: string | undefined
  readonly Type?: string | undefined
  readonly AddReplicaRegions?: readonly object[] | undefined
}): void {
  if (!OWN_KEYS.has(input.KmsKeyId ?? '')) throw notSupported('KmsKeyId')
  if (input.Type !== undefined) throw notSupported('Type')
  if (input.AddReplicaRegions !== undefined) throw notSupported('AddReplicaRegions')
}

function notSupported(member: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', `${member} is not supported by this host.`)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
