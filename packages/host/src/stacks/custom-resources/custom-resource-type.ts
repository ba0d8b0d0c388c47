// AWS::CloudFormation::CustomResource and every Custom::*: a function of the user's does the work.
//
// What is missing, and refused: Amazon SNS topics as providers.
import { HostError } from '../../kernel/host-error.ts'
import type {
  ResourceContext,
  ResourceRequest,
  ResourceState,
  ResourceType,
} from '../resource-type.ts'
import { askProvider } from './ask-provider.ts'
import type { RequestContent } from './custom-resource-event.ts'
import { callProblems } from './missing-services.ts'
import type { ProviderPorts } from './ports.ts'
import type { CustomResourceResponse } from './read-response.ts'
import { serviceProblems } from './service-properties.ts'

const CUSTOM_RESOURCE = 'AWS::CloudFormation::CustomResource'

/** CloudFormation names what nobody has named as it names everything else. */
const GENERATED_NAME = { maxLength: 128 }

/** The type of all custom resources, whatever they are called. */
export function customResourceType(ports: ProviderPorts): ResourceType {
  return {
    type: CUSTOM_RESOURCE,
    required: ['ServiceToken'],
    check: (properties) => [...serviceProblems(properties), ...callProblems(properties)],
    needsReplacement: () => false, // its provider decides, by another physical id
    create: (request) => create(ports, request),

    async update(request) {
      const { properties, before } = request
      if (properties['ServiceToken'] !== before.properties['ServiceToken']) {
        throw new HostError('ERR_INVALID_INPUT', 'Modifying service token is not allowed.')
      }
      const content = {
        requestType: 'Update',
        properties,
        physicalId: before.physicalId,
        oldProperties: before.properties,
      } as const
      return stateOf(await askForSuccess(ports, request, content))
    },

    async delete(request) {
      const { properties, physicalId } = request
      await askForSuccess(ports, request, { requestType: 'Delete', properties, physicalId })
    },
  }
}

/** A creation that failed is deleted when the provider has, or may have, made something. */
async function create(ports: ProviderPorts, request: ResourceRequest): Promise<ResourceState> {
  const { properties } = request
  const [problem] = callProblems(properties) // now that all of it is known
  if (problem !== undefined) throw new HostError('ERR_NOT_SUPPORTED', problem)
  const answer = await askProvider(ports, request, { requestType: 'Create', properties })
  if (answer.kind === 'unanswered') {
    await request.initiated(request.generateName(GENERATED_NAME))
    throw new HostError('ERR_TARGET_FAILED', answer.reason)
  }
  const { response, requestId } = answer
  if (response.physicalId !== '') await request.initiated(response.physicalId)
  if (response.status === 'FAILED') throw failure(response, requestId)
  return stateOf(response)
}

type Success = Extract<CustomResourceResponse, { status: 'SUCCESS' }>

async function askForSuccess(
  ports: ProviderPorts,
  context: ResourceContext,
  content: RequestContent,
): Promise<Success> {
  const answer = await askProvider(ports, context, content)
  if (answer.kind === 'unanswered') throw new HostError('ERR_TARGET_FAILED', answer.reason)
  const { response, requestId } = answer
  if (response.status === 'FAILED') throw failure(response, requestId)
  return response
}

function stateOf({ physicalId, data, noEcho }: Success): ResourceState {
  return { physicalId, attributes: data, ...(noEcho && { isSecret: true }) }
}

/** In the words of CloudFormation. */
function failure({ reason }: { readonly reason: string }, requestId: string): HostError {
  return new HostError(
    'ERR_TARGET_FAILED',
    `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`,
  )
}
