import type { Repositories } from '../../stacks/repositories.ts'
import { createService, type Service } from '../create-service.ts'
import { imageOperations } from './images.ts'
import { repositoryOperations } from './repositories.ts'
import type { EcrOperations } from './shapes.ts'
import { tagOperations } from './tags.ts'

/** ECR: repositories and what deployments have put into them; no registry to push to. */
export function createEcrService({
  repositories,
}: {
  readonly repositories: Repositories
}): Service {
  return createService<EcrOperations>({
    model: 'ecr',
    signingName: 'ecr',
    handlers: [
      repositoryOperations(repositories),
      imageOperations(repositories),
      tagOperations(repositories),
    ],
    faults: {
      violations: 'InvalidParameterException',
      ERR_INVALID_INPUT: 'InvalidParameterException',
      ERR_NOT_SUPPORTED: 'InvalidParameterException',
      ERR_LIMIT_EXCEEDED: 'LimitExceededException',
    },
  })
}
