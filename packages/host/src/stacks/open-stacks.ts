import { HostError } from '../kernel/host-error.ts'
import { silentLog } from '../kernel/log.ts'
import { scopeKey } from '../kernel/scope.ts'
import { createChangeSet, deleteChangeSet, executeChangeSet } from './change-sets.ts'
import { createStack } from './create-stack.ts'
import { deleteStack } from './delete-stack.ts'
import { describeChangeSet, describeEvent, describeResource, describeStack } from './describe.ts'
import type { Engine } from './engine.ts'
import { exportsOf, importersOf } from './exports.ts'
import { getChangeSet } from './find-change-set.ts'
import { getStack } from './find-stack.ts'
import { forgetDeleted } from './forget-deleted.ts'
import { getTemplate } from './get-template.ts'
import { STACK_TYPE } from './journal.ts'
import { nestedStackType } from './nested-stack.ts'
import { protectStack } from './protect-stack.ts'
import { readSource } from './read-source.ts'
import type { ResourceType } from './resource-type.ts'
import { createRuns } from './runs.ts'
import { openStackBook } from './stack-book.ts'
import { createStackRows } from './stack-rows.ts'
import type { Stacks, StacksOptions } from './stacks.ts'
import { summarizeTemplate } from './summarize-template.ts'
import { cancelUpdateStack, continueUpdateRollback, rollbackStack } from './turn-back.ts'
import { updateStack } from './update-stack.ts'

const CONCURRENCY = 16

/**
 * The stacks in a store. What was under way when a host stopped, or was killed, is gone on with once
 * `resume` is called: what was done stands in the store, what was being done is tried again under the
 * same tokens and names, and the operation ends as it would have, well or rolled back.
 */
export async function openStacks(options: StacksOptions): Promise<Stacks> {
  const book = await openStackBook(createStackRows(options.store, options.sealer))
  const stopping = new AbortController()
  const types = new Map<string, ResourceType>(options.types)
  const engine: Engine = {
    book,
    types,
    aws: options.aws,
    readTemplateUrl: options.readTemplateUrl,
    readParameter: options.readParameter,
    readSecret: options.readSecret,
    log: options.log ?? silentLog,
    concurrency: options.concurrency ?? CONCURRENCY,
    now: options.now ?? (() => new Date()),
    stopping: stopping.signal,
    run: (stackId) => runs.run(stackId),
    interrupt: (stackId) => runs.interrupt(stackId),
  }
  const runs = createRuns(engine)
  types.set(STACK_TYPE, nestedStackType({ engine, settled: runs.settled }))
  await forgetDeleted(engine)

  return {
    createStack: (scope, input) => createStack(engine, scope, input),
    updateStack: (scope, input) => updateStack(engine, scope, input),
    deleteStack: (scope, input) => deleteStack(engine, scope, input),
    cancelUpdateStack: (scope, input) => cancelUpdateStack(engine, scope, input),
    continueUpdateRollback: (scope, input) => continueUpdateRollback(engine, scope, input),
    rollbackStack: (scope, input) => rollbackStack(engine, scope, input),
    updateTerminationProtection: (scope, input) => protectStack(engine, scope, input),

    createChangeSet: (scope, input) => createChangeSet(engine, scope, input),
    executeChangeSet: (scope, input) => executeChangeSet(engine, scope, input),
    deleteChangeSet: (scope, input) => deleteChangeSet(engine, scope, input),
    async describeChangeSet(scope, input) {
      const record = getChangeSet(book, scope, input)
      return describeChangeSet(getStack(book, scope, record.stackId), record)
    },
    async listChangeSets(scope, stackName) {
      const stack = getStack(book, scope, stackName)
      return book.changeSets(stack.stackId).map((each) => describeChangeSet(stack, each))
    },

    async describeStacks(scope, stackName) {
      if (stackName !== undefined) return [describeStack(getStack(book, scope, stackName))]
      return stacksIn(scope)
        .filter(({ status }) => status !== 'DELETE_COMPLETE')
        .map(describeStack)
    },
    async listStacks(scope, statusFilter = []) {
      return stacksIn(scope)
        .filter(({ status }) => statusFilter.length === 0 || statusFilter.includes(status))
        .map(describeStack)
    },
    async events(scope, stackName) {
      const { stackId } = getStack(book, scope, stackName)
      return (await book.events(stackId)).map(describeEvent).toReversed()
    },
    async resources(scope, stackName) {
      const stack = getStack(book, scope, stackName)
      return [...book.resources(stack.stackId).values()].map((each) =>
        describeResource(stack, each),
      )
    },
    async resourcesAround(scope, physicalResourceId) {
      for (const stack of stacksIn(scope)) {
        const records = [...book.resources(stack.stackId).values()]
        if (records.some(({ live }) => live?.physicalId === physicalResourceId)) {
          return records.map((each) => describeResource(stack, each))
        }
      }
      const message = `Stack for ${physicalResourceId} does not exist`
      throw new HostError('ERR_NOT_FOUND', message)
    },
    exports: async (scope) => exportsOf(book, scope),
    async imports(scope, exportName) {
      const stackNames = importersOf(book, scope, exportName).map(({ stackName }) => stackName)
      if (stackNames.length > 0) return stackNames
      const message = `Export '${exportName}' is not imported by any stack.`
      throw new HostError('ERR_NOT_FOUND', message)
    },
    getTemplate: (scope, input) => getTemplate(engine, scope, input),
    async validateTemplate(scope, source) {
      return summarizeTemplate(await readSource(engine, scope, source), types)
    },
    async templateSummary(scope, source) {
      const text =
        'stackName' in source
          ? await getTemplate(engine, scope, source)
          : await readSource(engine, scope, source)
      return summarizeTemplate(text, types)
    },

    settled: runs.settled,
    resume() {
      for (const { stackId, operation } of book.stacks()) if (operation) engine.run(stackId)
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await runs.ended()
    },
  }

  /** Newest first. */
  function stacksIn(scope: Parameters<Stacks['listStacks']>[0]) {
    return book
      .stacks()
      .filter((stack) => scopeKey(stack.scope) === scopeKey(scope))
      .toReversed()
  }
}
