import { HostError } from '../kernel/host-error.ts'
import { neededCapabilities } from './capabilities.ts'
import { unrecognizedTypes } from './check-resources.ts'
import type { ResourceType } from './resource-type.ts'
import type { ParameterDeclaration, TemplateSummary } from './stacks.ts'
import { checkTemplate } from './template/check-template.ts'
import { readTemplate } from './template/read-template.ts'
import type { TemplateParameter } from './template/template.ts'

/** What a template asks of whoever deploys it; a wrong one is refused. */
export function summarizeTemplate(
  text: string,
  types: ReadonlyMap<string, ResourceType>,
): TemplateSummary {
  const template = readTemplate(text)
  const problems = checkTemplate(template)
  if (problems.length > 0) throw new HostError('ERR_INVALID_INPUT', problems.join('\n'))
  const { capabilities, reason } = neededCapabilities(template)
  const { description, metadata, parameters, resources, transforms } = template
  return {
    ...(description !== undefined && { description }),
    version: '2010-09-09', // the only one there is
    ...(Object.keys(metadata).length > 0 && { metadata: JSON.stringify(metadata) }),
    parameters: Object.entries(parameters).map(([key, each]) => describeParameter(key, each)),
    capabilities,
    ...(reason !== undefined && { capabilitiesReason: reason }),
    resourceTypes: [...new Set(Object.values(resources).map(({ type }) => type))],
    unrecognizedResourceTypes: unrecognizedTypes(template, types),
    declaredTransforms: transforms,
  }
}

function describeParameter(
  parameterKey: string,
  parameter: TemplateParameter,
): ParameterDeclaration {
  const { type, default: defaultValue, noEcho, description, allowedValues } = parameter
  return {
    parameterKey,
    parameterType: type,
    ...(defaultValue !== undefined && { defaultValue }),
    noEcho,
    ...(description !== undefined && { description }),
    ...(allowedValues !== undefined && { constraints: { allowedValues } }),
  }
}
