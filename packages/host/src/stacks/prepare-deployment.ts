// From a request to a deployment that can be worked on. Everything that can be refused is refused here,
// before anything is made.
import { HostError } from '../kernel/host-error.ts'
import { createBlueprint, stateOfInstance, type Blueprint } from './blueprint.ts'
import { checkCapabilities, neededCapabilities } from './capabilities.ts'
import {
  attributeNameProblems,
  refuseUnrecognized,
  resourceProblems,
  unrecognizedTypes,
} from './check-resources.ts'
import { checkTags } from './check-limits.ts'
import { checkNestedTemplates } from './check-nested-templates.ts'
import type { Engine } from './engine.ts'
import { deriveToken } from './generated-names.ts'
import { hideSecrets, secretsOf } from './hide-secrets.ts'
import { otherStacks } from './load-blueprint.ts'
import { readSource } from './read-source.ts'
import { skipsUnknown } from './skipped.ts'
import type { Deployment, StackRecord } from './stack-record.ts'
import type { CreateStackInput, UpdateStackInput } from './stacks.ts'
import { checkTemplate } from './template/check-template.ts'
import type { ResolvedParameters } from './template/parameters.ts'
import { readTemplate } from './template/read-template.ts'
import { checkRules } from './template/rules.ts'
import { resolveParameters } from './template/resolve-parameters.ts'
import type { Template } from './template/template.ts'

/** What creations, updates and change sets have in common. */
export type DeploymentRequest = Pick<
  CreateStackInput & UpdateStackInput,
  | 'templateBody'
  | 'templateUrl'
  | 'usePreviousTemplate'
  | 'parameters'
  | 'tags'
  | 'capabilities'
  | 'roleArn'
  | 'notificationArns'
>

export interface Prepared {
  readonly deployment: Deployment
  readonly templateText: string
  readonly blueprint: Blueprint
}

export async function prepareDeployment(
  engine: Engine,
  stack: StackRecord,
  request: DeploymentRequest,
): Promise<Prepared> {
  const previous = stack.attempted ?? stack.deployed
  const templateText = await readText(engine, stack, request, previous)
  const template = readTemplate(templateText)
  refuseAll(checkTemplate(template))
  const tags = request.tags ?? previous?.tags ?? []
  checkTags(tags)
  if (!skipsUnknown(tags)) refuseUnrecognized(unrecognizedTypes(template, engine.types))
  const capabilities = request.capabilities ?? []
  checkCapabilities(neededCapabilities(template).capabilities, capabilities)

  const parameters = await readParameters(engine, stack, request, template, previous)
  const description = template.description
  const roleArn = request.roleArn ?? previous?.roleArn
  const deployment: Deployment = {
    templateId: deriveToken(templateText).slice(0, 32),
    ...(description !== undefined && { description }),
    parameters: [...parameters].map(([key, parameter]) => ({ key, ...parameter })),
    tags,
    capabilities,
    notificationArns: request.notificationArns ?? previous?.notificationArns ?? [],
    ...(roleArn !== undefined && { roleArn }),
    imports: [],
  }
  const drafted = { deployment, template, templateText, parameters }
  try {
    return await checkDeployment(engine, stack, drafted)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    const records = engine.book.resources(stack.stackId)
    const message = hideSecrets(error.message, secretsOf(stack, records, deployment))
    throw new HostError(error.code, message, { cause: error })
  }
}

interface Drafted {
  readonly deployment: Deployment
  readonly template: Template
  readonly templateText: string
  readonly parameters: ResolvedParameters
}

async function checkDeployment(
  engine: Engine,
  stack: StackRecord,
  { deployment, template, templateText, parameters }: Drafted,
): Promise<Prepared> {
  const { capabilities, tags } = deployment
  const imports = new Set<string>()
  const others = otherStacks(engine, stack.scope)
  const blueprint = createBlueprint({
    stack,
    template,
    deployment,
    types: engine.types,
    ...others,
    importValue(name) {
      imports.add(name)
      return others.importValue(name)
    },
  })
  const records = engine.book.resources(stack.stackId)
  checkRules(template, parameters, blueprint.pseudo)
  refuseAll(checkTemplate(template, blueprint.conditions))
  refuseAll(changedTypes(engine, stack, blueprint))
  const stateOf = (id: string) => stateOfInstance(records.get(id)?.live)
  refuseAll(attributeNameProblems(blueprint, engine.types))
  refuseAll(resourceProblems(blueprint, engine.types, stateOf))
  blueprint.outputs(stateOf)
  await checkNestedTemplates(engine, stack.scope, blueprint, { stateOf, capabilities, tags })
  return { deployment: { ...deployment, imports: [...imports] }, templateText, blueprint }
}

async function readText(
  engine: Engine,
  stack: StackRecord,
  request: DeploymentRequest,
  previous: Deployment | undefined,
): Promise<string> {
  if (request.usePreviousTemplate !== true) return readSource(engine, stack.scope, request)
  if (request.templateBody !== undefined || request.templateUrl !== undefined) {
    throw refuse('A new template and UsePreviousTemplate cannot both be given')
  }
  if (previous !== undefined) return engine.book.template(stack.stackId, previous.templateId)
  throw refuse('UsePreviousTemplate needs a stack that has a template')
}

async function readParameters(
  engine: Engine,
  { scope }: StackRecord,
  { parameters = [] }: DeploymentRequest,
  template: Template,
  previous: Deployment | undefined,
): Promise<ResolvedParameters> {
  const given = parameters.map(({ parameterKey, parameterValue, usePreviousValue }) => ({
    key: parameterKey,
    value: parameterValue,
    usePreviousValue,
  }))
  const known = previous && new Map(previous.parameters.map(({ key, ...rest }) => [key, rest]))
  return resolveParameters(template, given, known, (name) => engine.readParameter(scope, name))
}

function changedTypes(
  { book }: Engine,
  { stackId }: StackRecord,
  { resources }: Blueprint,
): readonly string[] {
  const records = book.resources(stackId)
  const changed = [...resources].filter(([logicalId, { type }]) => {
    const live = records.get(logicalId)?.live
    return live !== undefined && live.type !== type
  })
  if (changed.length === 0) return []
  const names = changed.map(([logicalId]) => logicalId).join(', ')
  return [
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names}]`,
  ]
}

function refuseAll(problems: readonly string[]): void {
  if (problems.length > 0) throw refuse(problems.join('\n'))
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
