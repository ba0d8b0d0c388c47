import { HostError } from '../kernel/host-error.ts'
import { findType } from './find-type.ts'
import type { Json, JsonObject } from './json.ts'
import type { ResourceState, ResourceType } from './resource-type.ts'
import { isSecretAttribute } from './secret-attribute.ts'
import type {
  Deployment,
  Instance,
  PlannedInstance,
  StackRecord,
  StoredOutput,
} from './stack-record.ts'
import { evaluateConditions } from './template/conditions.ts'
import { dependenciesOf, liveResources } from './template/dependencies.ts'
import { evaluate, evaluateObject } from './template/evaluate.ts'
import type {
  EvaluationScope,
  PseudoParameters,
  StackOutputName,
} from './template/evaluation-scope.ts'
import type { Graph } from './template/graph.ts'
import type { ResolvedParameters } from './template/parameters.ts'
import type { Template, TemplateResource } from './template/template.ts'

/** A deployment ready to be built: what there is to be, in which order, and with which properties. */
export interface Blueprint {
  readonly template: Template
  readonly deployment: Deployment
  readonly pseudo: PseudoParameters
  readonly conditions: ReadonlyMap<string, boolean>
  /** Those whose condition holds, with what must be there before. */
  readonly graph: Graph
  readonly resources: ReadonlyMap<string, TemplateResource>
  /** With what is known of the others by now; the rest is `UNKNOWN`. */
  readonly plan: (logicalId: string, stateOf: StateOf) => PlannedInstance
  readonly outputs: (stateOf: StateOf) => readonly StoredOutput[]
}

export type StateOf = (logicalId: string) => ResourceState | undefined

export interface BlueprintOptions {
  readonly stack: Pick<StackRecord, 'stackId' | 'stackName' | 'scope'>
  readonly template: Template
  readonly deployment: Deployment
  readonly types: ReadonlyMap<string, ResourceType>
  readonly importValue: (name: string) => string | undefined
  readonly stackOutput: (output: StackOutputName) => string | undefined
}

const MASK = '****'

export function createBlueprint(options: BlueprintOptions): Blueprint {
  const { stack, template, deployment, types } = options
  const parameters = readParameters(deployment)
  const pseudo = {
    accountId: stack.scope.accountId,
    region: stack.scope.region,
    stackId: stack.stackId,
    stackName: stack.stackName,
    notificationArns: deployment.notificationArns,
  }
  const conditions = evaluateConditions(template, parameters, pseudo)
  const resources = liveResources(template, conditions)
  const graph = dependenciesOf(template, conditions)
  const tags = Object.fromEntries(deployment.tags.map(({ key, value }) => [key, value]))

  const scopeOf = (stateOf: StateOf, isMasked: boolean): EvaluationScope => ({
    parameters: isMasked ? maskParameters(parameters) : parameters,
    pseudo,
    conditions,
    mappings: template.mappings,
    resource: (logicalId) => {
      const state = stateOf(logicalId)
      return isMasked && state !== undefined ? maskState(state) : state
    },
    importValue: options.importValue,
    stackOutput: options.stackOutput,
  })

  return {
    template,
    deployment,
    pseudo,
    conditions,
    graph,
    resources,
    plan(logicalId, stateOf) {
      const resource = resources.get(logicalId)
      if (resource === undefined) throw new Error(`${logicalId} is no resource of the template`)
      const properties = evaluateObject(resource.properties, scopeOf(stateOf, false))
      const shown = showProperties(resource, scopeOf(stateOf, true))
      const isPlain = JSON.stringify(shown) === JSON.stringify(properties)
      const metadata = evaluate(resource.metadata, scopeOf(stateOf, true))
      const { type, deletionPolicy = 'Delete', updateReplacePolicy = 'Delete' } = resource
      return {
        type,
        properties,
        ...(!isPlain && { shown }),
        ...(findType(types, type)?.takesTags && { tags }),
        metadata: isObject(metadata) ? metadata : {},
        dependsOn: [...(graph.get(logicalId) ?? [])],
        deletionPolicy,
        updateReplacePolicy,
      }
    },
    outputs: (stateOf) => {
      const scope = scopeOf(stateOf, false)
      return Object.entries(template.outputs).flatMap(([key, output]) => {
        const { condition, description, value, exportName } = output
        if (condition !== undefined && conditions.get(condition) !== true) return []
        const name = exportName === undefined ? undefined : evaluate(exportName, scope)
        const stored: StoredOutput = {
          key,
          value: readText(evaluate(value, scope), key),
          ...(description !== undefined && { description }),
          ...(name !== undefined && { exportName: readText(name, key) }),
        }
        return [stored]
      })
    },
  }
}

/** What a type hands out for others, and no more than that. */
export function stateOfInstance(instance: Instance | undefined): ResourceState | undefined {
  if (instance === undefined) return undefined
  const { physicalId, attributes, isSecret, isSkipped } = instance
  return {
    physicalId,
    attributes,
    ...(isSecret !== undefined && { isSecret }),
    ...(isSkipped !== undefined && { isSkipped }),
  }
}

function readParameters({ parameters }: Deployment): ResolvedParameters {
  return new Map(parameters.map(({ key, ...parameter }) => [key, parameter]))
}

function maskParameters(parameters: ResolvedParameters): ResolvedParameters {
  return new Map(
    [...parameters].map(([name, parameter]) => {
      if (!parameter.noEcho) return [name, parameter]
      const value = typeof parameter.value === 'string' ? MASK : parameter.value.map(() => MASK)
      return [name, { ...parameter, text: MASK, value }]
    }),
  )
}

function maskState(state: ResourceState): ResourceState {
  const masked = Object.entries(state.attributes).map(([name, value]) => {
    const isSecret = state.isSecret === true || isSecretAttribute(name)
    return [name, isSecret ? MASK : value] as const
  })
  return { ...state, attributes: Object.fromEntries(masked) }
}

/** A mask may not be what a function can work on; then nothing is shown. */
function showProperties(resource: TemplateResource, scope: EvaluationScope): JsonObject {
  try {
    return evaluateObject(resource.properties, scope)
  } catch {
    return {}
  }
}

function readText(value: Json | undefined, key: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const message = `Template format error: The Value field of every Outputs member must evaluate to a String; ${key} does not`
  throw new HostError('ERR_INVALID_INPUT', message)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
