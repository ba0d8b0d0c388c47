import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Stacks, TemplateSummary } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { notSupported } from './deployment-input.ts'
import { readCapabilities } from './describe-stack.ts'
import type { CloudformationOperations, GetTemplateSummaryInput } from './shapes.ts'
import { raise } from './wire-case.ts'

export function templateOperations(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    /** Nothing is transformed here: what was sent is what is deployed, at both stages. */
    async GetTemplate({ StackName, ChangeSetName }, { scope }) {
      if (StackName === undefined && ChangeSetName === undefined) {
        throw new HostError('ERR_INVALID_INPUT', 'StackName or ChangeSetName must be given.')
      }
      const input = { stackName: StackName, changeSetName: ChangeSetName }
      const body = await stacks.getTemplate(scope, input)
      return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] }
    },
    async ValidateTemplate({ TemplateBody, TemplateURL }, { scope }) {
      const source = { templateBody: TemplateBody, templateUrl: TemplateURL }
      const summary = await stacks.validateTemplate(scope, source)
      refuseUnrecognized(summary)
      return {
        ...describe(summary),
        Parameters: summary.parameters.map((parameter) => {
          const { parameterKey, defaultValue, noEcho, description } = parameter
          return raise({
            parameterKey,
            noEcho,
            ...(defaultValue !== undefined && { defaultValue }),
            ...(description !== undefined && { description }),
          })
        }),
      }
    },
    async GetTemplateSummary(input, { scope }) {
      const summary = await stacks.templateSummary(scope, readSource(input))
      const { TreatUnrecognizedResourceTypesAsWarnings: warns = false } =
        input.TemplateSummaryConfig ?? {}
      if (!warns) refuseUnrecognized(summary)
      const { version, metadata, unrecognizedResourceTypes } = summary
      return {
        ...describe(summary),
        Parameters: summary.parameters.map(({ constraints, ...parameter }) => ({
          ...raise(parameter),
          ParameterConstraints: raise(constraints ?? {}),
        })),
        ResourceTypes: summary.resourceTypes,
        ...(version !== undefined && { Version: version }),
        ...(metadata !== undefined && { Metadata: metadata }),
        ...(warns && { Warnings: { UnrecognizedResourceTypes: unrecognizedResourceTypes } }),
      }
    },
  }
}

function readSource(input: GetTemplateSummaryInput) {
  const { StackName, StackSetName, TemplateBody, TemplateURL, CallAs } = input
  if (CallAs === 'DELEGATED_ADMIN') throw notSupported('CallAs DELEGATED_ADMIN')
  if (StackSetName !== undefined) {
    throw new AwsFault('StackSetNotFoundException', 404, `StackSet ${StackSetName} not found`)
  }
  const given = [StackName, TemplateBody, TemplateURL].filter((each) => each !== undefined)
  if (given.length !== 1) {
    const wanted = 'Exactly one of TemplateBody, TemplateURL and StackName must be given.'
    throw new HostError('ERR_INVALID_INPUT', wanted)
  }
  return StackName === undefined
    ? { templateBody: TemplateBody, templateUrl: TemplateURL }
    : { stackName: StackName }
}

function describe({ description, capabilities, capabilitiesReason, ...rest }: TemplateSummary) {
  return {
    ...(description !== undefined && { Description: description }),
    Capabilities: readCapabilities(capabilities),
    ...(capabilitiesReason !== undefined && { CapabilitiesReason: capabilitiesReason }),
    DeclaredTransforms: rest.declaredTransforms,
  }
}

function refuseUnrecognized({ unrecognizedResourceTypes: types }: TemplateSummary): void {
  if (types.length === 0) return
  throw new HostError(
    'ERR_INVALID_INPUT',
    `Template format error: Unrecognized resource types: [${types.join(', ')}]`,
  )
}
