import { createService, type Service } from '../create-service.ts'
import { aliasOperations } from './alias-operations.ts'
import { concurrencyOperations } from './concurrency-operations.ts'
import { functionOperations } from './function-operations.ts'
import { invokeOperation } from './invoke-operation.ts'
import type { LambdaContext } from './lambda-context.ts'
import { layerOperations } from './layer-operations.ts'
import { permissionOperations } from './permission-operations.ts'
import type { LambdaOperations } from './shapes.ts'
import { tagOperations } from './tag-operations.ts'

/** An archive of 50 MB in base64, and what else a request has. */
const MAX_BODY_BYTES = 75 * 1024 * 1024

/** AWS Lambda (2015-03-31), as far as functions, their versions, layers and invocations go. */
export function createLambdaService(context: LambdaContext): Service {
  return createService<LambdaOperations>({
    model: 'lambda',
    signingName: 'lambda',
    maxBodyBytes: MAX_BODY_BYTES,
    faults: {
      ERR_INVALID_INPUT: 'InvalidParameterValueException',
      ERR_NOT_SUPPORTED: 'InvalidParameterValueException',
      ERR_LIMIT_EXCEEDED: 'InvalidParameterValueException',
      ERR_CONFLICT: 'ResourceConflictException',
      ERR_THROTTLED: 'TooManyRequestsException',
      ERR_TARGET_FAILED: 'ServiceException',
    },
    handlers: [
      functionOperations(context),
      aliasOperations(context),
      permissionOperations(context),
      concurrencyOperations(context),
      tagOperations(context),
      layerOperations(context),
      invokeOperation(context),
    ],
  })
}
