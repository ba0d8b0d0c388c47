// `catamaran destroy`: removes stacks, the last that depends on others first.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import { reachHost } from '../host-record.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import type { StackResource } from './aws/stack-description.ts'
import { findTarget, type Target } from './aws/connect.ts'
import { readAppSettings } from './cdk/app-settings.ts'
import { findSource } from './cdk/find-source.ts'
import { matcher } from './cdk/glob.ts'
import type { DestroyFlags } from './deploy-flags.ts'
import { failureOf } from './failure-of.ts'
import { followStack } from './follow-stack.ts'
import { constructTree, type ConstructNode } from './progress/construct-tree.ts'
import type { Reporter } from './progress/reporter.ts'
import { parseTemplate, readStacks } from './stack-source.ts'
import { withProgress, type Progress } from './with-progress.ts'

const INTERRUPTED = 'catamaran: interrupted; a removal that has begun goes on in the host\n'

export async function destroy(
  path: string,
  stacks: readonly string[],
  flags: DestroyFlags,
): Promise<void> {
  const work = async ({ reporter, signal }: Progress) => {
    const target = await findTarget(await reachHost(flags.url), flags)
    const doomed = await findDoomed(path, stacks, flags, { target, reporter, signal })
    for (const stack of doomed) await remove(stack, { target, reporter, signal })
    if (flags.json) process.stdout.write(`${JSON.stringify({ removed: doomed })}\n`)
  }
  await withProgress(flags, work, () => INTERRUPTED)
}

interface Doomed {
  readonly stackName: string
  readonly scope: Scope
}

interface Work {
  readonly target: Target
  readonly reporter: Reporter
  readonly signal: AbortSignal
}

async function findDoomed(
  path: string,
  stacks: readonly string[],
  flags: DestroyFlags,
  { target, reporter, signal }: Work,
): Promise<readonly Doomed[]> {
  const names = [...(path === '.' ? [] : [path]), ...stacks]
  const named = await findByName(names, target)
  if (named !== undefined) return named
  if (names.length > 0 && !existsSync(path) && (await readAppSettings('.')) === undefined) {
    const message = `No stack is named ${names.join(' or ')}, and there is no app here that could make one`
    throw new HostError('ERR_NOT_FOUND', message)
  }
  const { source, stackPatterns } = await findSource(path, stacks, flags.app)
  const done = source.kind === 'app' ? reporter.begin('Synthesising') : undefined
  const read = await readStacks(source, {
    target,
    context: flags.context,
    selection: { patterns: stackPatterns, all: flags.all ?? false, exclusively: true },
    reporter,
    signal,
  })
  done?.('Synthesised')
  return read.toReversed().map(({ stackName, scope }) => ({ stackName, scope }))
}

/** Names of stacks that are there need no app; the newest goes first, as it may depend on the others. */
async function findByName(
  patterns: readonly string[],
  target: Target,
): Promise<readonly Doomed[] | undefined> {
  if (patterns.length === 0) return undefined
  const there = await createCloudFormation(target.connect()).listStacks()
  const found = patterns.map((pattern) => {
    const matches = matcher(pattern)
    return there.filter(({ stackName }) => matches(stackName))
  })
  if (found.some((it) => it.length === 0)) return undefined
  const chosen = new Set(found.flat())
  return there
    .filter((it) => chosen.has(it))
    .map(({ stackName }) => ({ stackName, scope: target.scope }))
}

async function remove({ stackName, scope }: Doomed, { target, reporter, signal }: Work) {
  const cloudFormation = createCloudFormation(target.connect(scope))
  const found = await cloudFormation.findStack(stackName)
  if (found === undefined) return reporter.say(`${stackName}  is not there`)
  if (found.isProtected) {
    throw new HostError(
      'ERR_CONFLICT',
      `${stackName} is protected against being removed (termination protection); deploy it without that first`,
    )
  }
  const { stackId } = found
  const [tree, resources] = await Promise.all([
    treeOf(await cloudFormation.getTemplate(stackId), stackName),
    cloudFormation.resources(stackId),
  ])
  const clientRequestToken = randomUUID()
  await cloudFormation.deleteStack(stackId, clientRequestToken)
  const stackReporter = reporter.follow({ tree: only(tree, resources), showsAll: true })
  const progress = await followStack({
    cloudFormation,
    stackName,
    stackId,
    clientRequestToken,
    reporter: stackReporter,
    signal,
  })
  const isFailed = progress.status !== 'DELETE_COMPLETE'
  stackReporter.finish(progress, isFailed)
  if (isFailed) throw failureOf(progress, 'removed')
}

async function treeOf(text: string, stackName: string): Promise<readonly ConstructNode[]> {
  return constructTree(await parseTemplate(text), stackName)
}

/** A type that the host does not serve, in a stack with `--skip-unknown`: the host's id for what never was. */
function isLeftOut({ physicalId }: StackResource): boolean {
  return physicalId?.startsWith('skipped:') === true
}

/** What was left out by a condition or a flag, or is gone already, has nothing to tell. */
function only(
  nodes: readonly ConstructNode[],
  resources: ReadonlyMap<string, StackResource>,
): readonly ConstructNode[] {
  return nodes.flatMap(({ label, resource, children }): ConstructNode[] => {
    const kept = only(children, resources)
    const found = resource && resources.get(resource.logicalId)
    const isThere = found !== undefined && found.status !== 'DELETE_COMPLETE' && !isLeftOut(found)
    if (!isThere && kept.length === 0) return []
    return [{ label, ...(isThere && { resource }), children: kept }]
  })
}
