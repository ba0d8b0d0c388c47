import type { Identity } from '../../identity/identity.ts'
import { createService, type Service } from '../create-service.ts'
import { secretOperations } from './secrets.ts'
import type { SecretsmanagerOperations } from './shapes.ts'

/** Secrets Manager: secrets of credential providers, and those that providers refer to. */
export function createSecretsManagerService({
  identity,
}: {
  readonly identity: Identity
}): Service {
  return createService<SecretsmanagerOperations>({
    model: 'secretsmanager',
    signingName: 'secretsmanager',
    handlers: [secretOperations(identity.secrets)],
    faults: {
      ERR_INVALID_INPUT: 'InvalidParameterException',
      ERR_NOT_SUPPORTED: 'InvalidParameterException',
      ERR_CONFLICT: 'InvalidRequestException',
      ERR_LIMIT_EXCEEDED: 'LimitExceededException',
    },
  })
}
