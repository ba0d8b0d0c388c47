// CloudFormation's query API, as far as the commands need it, called like any other client calls it.
import { HostError } from '../../../kernel/host-error.ts'
import { callQuery, listMembers, structureMembers, type Members } from './query-call.ts'
import { childOf, membersOf, textOf } from './read-xml.ts'
import type { Connection } from './signed-call.ts'
import {
  readEvent,
  readResource,
  readStack,
  type StackDescription,
  type StackEvent,
  type StackResource,
} from './stack-description.ts'

/** What creating and updating have in common. */
export interface StackInput {
  readonly stackName: string
  readonly template: { readonly body: string } | { readonly url: string }
  readonly parameters: readonly GivenParameter[]
  readonly tags: ReadonlyMap<string, string>
  readonly clientRequestToken: string
  readonly disableRollback: boolean
}

export type GivenParameter =
  | { readonly key: string; readonly value: string }
  | { readonly key: string; readonly usePreviousValue: true }

export interface CloudFormation {
  createStack(
    input: StackInput & { readonly terminationProtection: boolean },
  ): Promise<{ readonly stackId: string }>
  /** Undefined when there is nothing to update. */
  updateStack(input: StackInput): Promise<{ readonly stackId: string } | undefined>
  deleteStack(stackName: string, clientRequestToken: string): Promise<void>
  protectStack(stackName: string, isProtected: boolean): Promise<void>
  /** By name or id. */
  findStack(stackName: string): Promise<StackDescription | undefined>
  listStacks(): Promise<readonly StackDescription[]>
  /** Newest first, back to one that is told to be old. */
  events(stackName: string, isOld: (event: StackEvent) => boolean): Promise<readonly StackEvent[]>
  /** Logical to physical ids of what a stack has. */
  resources(stackName: string): Promise<ReadonlyMap<string, StackResource>>
  getTemplate(stackName: string): Promise<string>
  /** Those of some types of resources that the host does not have. */
  unrecognizedTypes(types: ReadonlySet<string>): Promise<ReadonlySet<string>>
}

/** As the CDK does: whoever deploys an app has seen what it makes. */
const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']

/** A client for one account and Region. */
export function createCloudFormation(connection: Connection): CloudFormation {
  const ask = (action: string, members: Members) => callQuery(connection, action, members)

  async function describe(stackName?: string): Promise<StackDescription[]> {
    const stacks: StackDescription[] = []
    let nextToken: string | undefined
    do {
      const result = await ask('DescribeStacks', { StackName: stackName, NextToken: nextToken })
      stacks.push(...membersOf(result, 'Stacks').map(readStack))
      nextToken = textOf(result, 'NextToken')
    } while (nextToken)
    return stacks
  }

  return {
    async createStack(input) {
      const result = await ask('CreateStack', {
        ...stackMembers(input),
        EnableTerminationProtection: input.terminationProtection ? 'true' : undefined,
      })
      return { stackId: textOf(result, 'StackId') ?? '' }
    },
    async updateStack(input) {
      try {
        const result = await ask('UpdateStack', stackMembers(input))
        return { stackId: textOf(result, 'StackId') ?? '' }
      } catch (error) {
        if (says(error, /^No updates are to be performed/)) return undefined
        throw error
      }
    },
    async deleteStack(stackName, clientRequestToken) {
      await ask('DeleteStack', { StackName: stackName, ClientRequestToken: clientRequestToken })
    },
    async protectStack(stackName, isProtected) {
      const members = { StackName: stackName, EnableTerminationProtection: String(isProtected) }
      await ask('UpdateTerminationProtection', members)
    },
    async findStack(stackName) {
      try {
        return (await describe(stackName))[0]
      } catch (error) {
        if (says(error, /does not exist$/)) return undefined
        throw error
      }
    },
    listStacks: () => describe(),
    async events(stackName, isOld) {
      const events: StackEvent[] = []
      let nextToken: string | undefined
      do {
        const page = { StackName: stackName, NextToken: nextToken }
        const result = await ask('DescribeStackEvents', page)
        const found = membersOf(result, 'StackEvents').map(readEvent)
        const end = found.findIndex(isOld)
        events.push(...(end === -1 ? found : found.slice(0, end)))
        nextToken = end === -1 ? textOf(result, 'NextToken') : undefined
      } while (nextToken)
      return events
    },
    async resources(stackName) {
      const result = await ask('DescribeStackResources', { StackName: stackName })
      return new Map(membersOf(result, 'StackResources').map(readResource))
    },
    async getTemplate(stackName) {
      const result = await ask('GetTemplate', { StackName: stackName, TemplateStage: 'Original' })
      return textOf(result, 'TemplateBody') ?? ''
    },
    async unrecognizedTypes(types) {
      if (types.size === 0) return new Set()
      const resources = [...types].map((type, index) => [`R${index}`, { Type: type }])
      const result = await ask('GetTemplateSummary', {
        TemplateBody: JSON.stringify({ Resources: Object.fromEntries(resources) }),
        'TemplateSummaryConfig.TreatUnrecognizedResourceTypesAsWarnings': 'true',
      })
      const warnings = childOf(result, 'Warnings')
      return new Set(membersOf(warnings, 'UnrecognizedResourceTypes').map(({ text }) => text))
    },
  }
}

/** CloudFormation has one code for most refusals, and the words are what clients go by. */
function says(error: unknown, words: RegExp): boolean {
  return error instanceof HostError && words.test(error.message)
}

function stackMembers(input: StackInput): Members {
  const { template } = input
  return {
    StackName: input.stackName,
    ...('body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url }),
    ...listMembers('Capabilities', CAPABILITIES),
    ...structureMembers(
      'Parameters',
      input.parameters.map((it) =>
        'value' in it
          ? { ParameterKey: it.key, ParameterValue: it.value }
          : { ParameterKey: it.key, UsePreviousValue: 'true' },
      ),
    ),
    ...structureMembers(
      'Tags',
      [...input.tags].map(([name, value]) => ({ Key: name, Value: value })),
    ),
    ClientRequestToken: input.clientRequestToken,
    DisableRollback: input.disableRollback ? 'true' : undefined,
  }
}
