import { randomUUID } from 'node:crypto'
import type { AwsCaller } from '../aws/caller.ts'
import { stackOf } from '../kernel/host-error.ts'
import type { AwsCall } from './operation.ts'
import type { AwsContext } from './serve-aws.ts'
import { readFault, unknownOperation } from './faults.ts'
import { perform } from './perform.ts'

/** Does operations on somebody's behalf without the wire: the same checks, the same faults. */
export type CallService = (
  asked: { readonly service: string; readonly operation: string; readonly input: object },
  who: Pick<AwsCall, 'baseUrl' | 'signal'> & { readonly caller: AwsCaller },
) => Promise<Readonly<Record<string, unknown>>>

/** The output is what the wire would carry as JSON; a refusal is the service's AwsFault. */
export function createCallService(context: AwsContext): CallService {
  return async ({ service: name, operation: operationName, input }, who) => {
    const service = context.services.find((it) => it.name === name)
    const operation = service?.model.operations.get(operationName)
    if (service === undefined || operation === undefined) {
      throw unknownOperation(`${name} has no operation ${operationName} here`)
    }
    const { model, faults } = service
    const requestId = randomUUID()
    try {
      const call = { ...who, scope: who.caller.scope, requestId }
      const answer = await perform(
        { service, operation, labels: {}, input: { ...input }, call },
        context,
      )
      const { body } = answer
      const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    } catch (error) {
      const { fault, isUnexpected } = readFault(error, model, faults, requestId)
      if (isUnexpected) {
        context.log.error('Unexpected error', { requestId, operationName, cause: stackOf(error) })
      }
      throw fault
    }
  }
}
