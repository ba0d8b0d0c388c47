import type { Stacks } from '../../stacks/stacks.ts'
import { createService, type Service } from '../create-service.ts'
import { changeSetOperations } from './change-sets.ts'
import { eventOperations } from './events.ts'
import { resourceOperations } from './resources.ts'
import type { CloudformationOperations } from './shapes.ts'
import { stackLists } from './stack-lists.ts'
import { stackOperations } from './stacks.ts'
import { templateOperations } from './templates.ts'

/** CloudFormation: stacks and change sets over the engine that `catamaran deploy` uses too. */
export function createCloudFormationService({ stacks }: { readonly stacks: Stacks }): Service {
  return createService<CloudformationOperations>({
    model: 'cloudformation',
    signingName: 'cloudformation',
    handlers: [
      stackOperations(stacks),
      stackLists(stacks),
      resourceOperations(stacks),
      eventOperations(stacks),
      changeSetOperations(stacks),
      templateOperations(stacks),
    ],
    faults: {
      violations: 'ValidationError',
      ERR_INVALID_INPUT: 'ValidationError',
      ERR_NOT_FOUND: 'ValidationError',
      ERR_CONFLICT: 'ValidationError',
      ERR_NOT_SUPPORTED: 'ValidationError',
      ERR_TARGET_FAILED: 'ValidationError',
      ERR_LIMIT_EXCEEDED: 'LimitExceededException',
      ERR_THROTTLED: 'Throttling',
    },
    maxBodyBytes: MAX_BODY_BYTES,
  })
}

/** A template of 51,200 bytes in a form, every byte of it escaped, and 200 parameters of 4 KB likewise. */
const MAX_BODY_BYTES = 4 * 1024 * 1024
