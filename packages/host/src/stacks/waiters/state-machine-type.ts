import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { ResourceRequest, ResourceState, ResourceType } from '../resource-type.ts'
import { findTooLong } from '../resource-types/too-long.ts'
import { isUnknown } from '../template/unknown.ts'
import { parseWaiter } from './waiter-definition.ts'
import type { Waiters } from './waiters.ts'

/** Step Functions: CreateStateMachine. */
const NAME = { maxLength: 80 }
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine'
/** How CDK's provider framework calls its own; the definition is known only later. */
const WAITER_ID = /waiterstatemachine[0-9A-F]{8}$/
const ONLY_WAITERS =
  "Step Functions is not served here, but for the waiter of CDK's provider framework (isCompleteHandler)"

/** State machines, as far as custom resources need them. */
export function stateMachineType(waiters: Waiters): ResourceType {
  async function put(request: ResourceRequest, name: string): Promise<ResourceState> {
    const waiter = parseWaiter(textOf(request.properties['DefinitionString']))
    if (waiter === undefined) throw new HostError('ERR_NOT_SUPPORTED', ONLY_WAITERS)
    const { region, accountId } = request.scope
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`
    await waiters.put(arn, waiter)
    return { physicalId: arn, attributes: { Arn: arn, Name: name } }
  }

  return {
    type: STATE_MACHINE,
    properties: [
      'DefinitionString',
      'LoggingConfiguration',
      'RoleArn',
      'StateMachineName',
      'StateMachineType',
      'Tags',
      'TracingConfiguration',
    ],
    required: ['DefinitionString', 'RoleArn'],
    check: ({ DefinitionString, StateMachineName }, logicalId) => [
      ...problems(DefinitionString, logicalId),
      ...findTooLong('StateMachineName', StateMachineName, NAME.maxLength),
    ],
    needsReplacement: (before, after) => nameOf(before) !== nameOf(after),

    create: (request) => put(request, nameOf(request.properties) ?? request.generateName(NAME)),

    update: (request) =>
      put(request, request.before.physicalId.slice(request.before.physicalId.lastIndexOf(':') + 1)),

    delete: ({ physicalId }) => waiters.remove(physicalId),
  }
}

function problems(definition: Json | undefined, logicalId: string): readonly string[] {
  const isKnown = typeof definition === 'string' && !isUnknown(definition)
  const isWaiter = isKnown ? parseWaiter(definition) !== undefined : WAITER_ID.test(logicalId)
  return isWaiter ? [] : [ONLY_WAITERS]
}

function nameOf({ StateMachineName }: JsonObject): string | undefined {
  return typeof StateMachineName === 'string' ? StateMachineName : undefined
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
