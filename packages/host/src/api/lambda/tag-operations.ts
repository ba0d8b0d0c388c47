import { getFunction } from '../../functions/control-context.ts'
import {
  parseFunctionIdentifier,
  type FunctionIdentifier,
} from '../../functions/function-identifier.ts'
import { tagFunction, untagFunction } from '../../functions/function-tags.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { AwsCall, Handlers } from '../operation.ts'
import { readOwnFunctionName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import type { LambdaOperations } from './shapes.ts'

type Operations = Pick<LambdaOperations, 'TagResource' | 'UntagResource' | 'ListTags'>

/** Tags of functions; of what else Lambda has, nothing here can be tagged. */
export function tagOperations({ control }: LambdaContext): Handlers<Operations> {
  return {
    async TagResource({ Resource, Tags }, call) {
      await tagFunction(control, readResource(call, Resource), Tags)
      return {}
    },

    async UntagResource({ Resource, TagKeys }, call) {
      await untagFunction(control, readResource(call, Resource), TagKeys)
      return {}
    },

    ListTags({ Resource }, call) {
      return { Tags: getFunction(control, readResource(call, Resource)).tags }
    },
  }
}

function readResource(call: AwsCall, arn: string): FunctionIdentifier {
  if (parseFunctionIdentifier(arn) === undefined) {
    throw new HostError('ERR_NOT_FOUND', `Resource not found: ${arn}`)
  }
  const named = readOwnFunctionName(call, arn)
  if (named.qualifier === undefined) return named
  throw new HostError(
    'ERR_INVALID_INPUT',
    'Tags on function aliases and versions are not supported. Please specify either a function ARN or an event source mapping ARN.',
  )
}
