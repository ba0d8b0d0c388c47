import type { SsmParameters } from '../../stacks/ssm-parameters/ssm-parameters.ts'
import { createService, type Service } from '../create-service.ts'
import { parameterLists } from './parameter-lists.ts'
import { parameterOperations } from './parameters.ts'
import type { SsmOperations } from './shapes.ts'
import { tagOperations } from './tags.ts'

/** Systems Manager: Parameter Store alone. */
export function createSsmService({
  ssmParameters,
}: {
  readonly ssmParameters: SsmParameters
}): Service {
  return createService<SsmOperations>({
    model: 'ssm',
    signingName: 'ssm',
    handlers: [
      parameterOperations(ssmParameters),
      parameterLists(ssmParameters),
      tagOperations(ssmParameters),
    ],
  })
}
