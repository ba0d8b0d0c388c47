import { createService, type Service } from '../create-service.ts'
import { identityOperations, type RoleRules } from './identities.ts'
import type { StsOperations } from './shapes.ts'
import type { TemporaryKeys } from './temporary-keys.ts'

/** STS: who is calling, and keys for an assumed role. */
export function createStsService(temporaryKeys: TemporaryKeys, rules: RoleRules): Service {
  return createService<StsOperations>({
    model: 'sts',
    signingName: 'sts',
    handlers: [identityOperations(temporaryKeys, rules)],
    faults: {
      ERR_INVALID_INPUT: 'ValidationError',
      ERR_NOT_SUPPORTED: 'ValidationError',
      ERR_FORBIDDEN: 'AccessDenied',
      violations: 'ValidationError',
    },
  })
}
