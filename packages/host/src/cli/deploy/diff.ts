// `catamaran diff`: what a deployment would change in the templates of deployed stacks.
import { reachHost } from '../host-record.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import { findTarget, type Target } from './aws/connect.ts'
import { findSource } from './cdk/find-source.ts'
import type { DiffFlags } from './deploy-flags.ts'
import { describeChanges } from './describe-changes.ts'
import { compareParameters } from './parameter-diff.ts'
import { painter } from './progress/status-words.ts'
import { readParameters } from './read-parameters.ts'
import { parseTemplate, readStacks, type ReadStack } from './stack-source.ts'
import { compareTemplates, type ComparedStack } from './template-diff.ts'
import { withProgress } from './with-progress.ts'

export async function diff(
  path: string,
  stacks: readonly string[],
  flags: DiffFlags,
): Promise<void> {
  await withProgress(flags, async ({ reporter, signal }) => {
    const { source, stackPatterns } = await findSource(path, stacks, flags.app)
    const target = await findTarget(await reachHost(flags.url), flags)
    const done = source.kind === 'app' ? reporter.begin('Synthesising') : undefined
    const patterns = stackPatterns
    const read = await readStacks(source, {
      target,
      context: flags.context,
      // as the CDK has it: without a name, everything is compared
      selection: { patterns, all: flags.all ?? patterns.length === 0, exclusively: false },
      reporter,
      signal,
    })
    done?.('Synthesised')
    const parametersOf = readParameters(flags.parameters)
    const compared = await Promise.all(
      read.map((stack) => compare(stack, target, parametersOf(stack.stackName))),
    )
    if (flags.json) process.stdout.write(`${JSON.stringify({ stacks: compared })}\n`)
    else process.stdout.write(describeChanges(compared, painter(process.stdout)))
    if (flags.fail && compared.some(({ changes }) => changes.length > 0)) process.exitCode = 1
  })
}

async function compare(
  stack: ReadStack,
  target: Target,
  given: ReadonlyMap<string, string>,
): Promise<ComparedStack> {
  const { stackName, template, scope } = stack
  const cloudFormation = createCloudFormation(target.connect(scope))
  const found = await cloudFormation.findStack(stackName)
  const before = found ? await parseTemplate(await cloudFormation.getTemplate(stackName)) : {}
  const changes = compareTemplates(before, template)
  const made = changes.filter(({ kind, type }) => kind !== 'removed' && type !== undefined)
  const types = new Set(made.flatMap(({ type }) => type ?? []))
  const unrecognized = await cloudFormation.unrecognizedTypes(types)
  return {
    stackName,
    isNew: found === undefined,
    changes: [
      ...compareParameters(stack, given, found),
      ...changes.map((it) =>
        made.includes(it) && unrecognized.has(it.type ?? '') ? { ...it, isServed: false } : it,
      ),
    ],
  }
}
