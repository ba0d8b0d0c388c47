import { loadServiceModel, type Shape } from '../../aws/service-model.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { CallableService, ResourceContext } from '../resource-type.ts'
import type { Output } from './output.ts'
import type { Properties } from './properties.ts'
import { readProperties } from './read-properties.ts'

/** What an operation takes; a service's model is read with the first resource that needs it. */
export function inputOf(service: CallableService, operation: string): Shape {
  const shape = loadServiceModel(service).operations.get(operation)?.input
  if (shape === undefined) throw new Error(`The model of ${service} has no input of ${operation}`)
  return shape
}

/** Properties as an operation's input; refused when they cannot be one. */
export function readInput(
  service: CallableService,
  operation: string,
  properties: Properties,
  mayHave: readonly string[] = [],
): Output {
  const { input, problems } = readProperties(inputOf(service, operation), properties, mayHave)
  if (problems.length > 0) throw new HostError('ERR_INVALID_INPUT', problems.join('; '))
  return input
}

/** For operations that know a repeated call by its token: the same for every try of one change. */
export function tokenFor(
  service: CallableService,
  operation: string,
  { clientToken }: Pick<ResourceContext, 'clientToken'>,
): { readonly clientToken?: string } {
  const takesToken = inputOf(service, operation).members.has('clientToken')
  // AgentCore's tokens have 33 characters or more.
  return takesToken ? { clientToken: `${clientToken}-${operation}` } : {}
}
