import { randomUUID } from 'node:crypto'
import { HostError } from '../../kernel/host-error.ts'
import type { Target } from './aws/connect.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import type { StackOutput } from './aws/stack-description.ts'
import { publishAssets, publishTemplate } from './assets/publish-assets.ts'
import { clearFailedStack } from './clear-failed-stack.ts'
import { failureOf } from './failure-of.ts'
import { followStack } from './follow-stack.ts'
import { parametersFor } from './parameters-for.ts'
import { constructTree } from './progress/construct-tree.ts'
import type { Reporter } from './progress/reporter.ts'
import { notesOn, skippedIn } from './progress/notes.ts'
import { outcomeOf } from './progress/stack-progress.ts'
import type { ReadStack } from './stack-source.ts'

export interface StackDeployment {
  readonly target: Target
  readonly reporter: Reporter
  readonly signal: AbortSignal
  /** Key to value, of the command line: over those of the app. */
  readonly parameters: ReadonlyMap<string, string>
  readonly skipUnknown: boolean
  readonly rollback: boolean
  /** Told before anything is asked of CloudFormation: from here on the host goes on by itself. */
  readonly onStart: (stackName: string) => void
}

export interface DeployedStack {
  readonly stackName: string
  readonly stackId: string
  readonly status: string
  readonly action: 'created' | 'updated' | 'unchanged'
  readonly outputs: readonly StackOutput[]
  /** Resources that were left out (--skip-unknown): logical id and type. */
  readonly skipped: readonly { readonly logicalId: string; readonly type: string }[]
  /** What a person should know of it. */
  readonly notes: readonly string[]
  readonly tookMs: number
}

/** The tag by which a stack says that resources of unknown types are to be left out. */
const SKIP_UNKNOWN = 'catamaran:skip-unknown'

/** Brings one stack to what its template says; throws with the reasons when it cannot. */
export async function deployStack(
  stack: ReadStack,
  deployment: StackDeployment,
): Promise<DeployedStack> {
  const startedMs = Date.now()
  const { target, reporter } = deployment
  const connection = target.connect(stack.scope)
  const cloudFormation = createCloudFormation(connection)
  const [found, template] = await Promise.all([
    cloudFormation.findStack(stack.stackName),
    publishTemplate(stack.templateText, connection, stack.scope),
    publishAssets(stack.assets, connection, stack.scope),
  ])
  const before = found && (await clearFailedStack(found, cloudFormation, deployment))
  const clientRequestToken = randomUUID()
  const tags = new Map(Object.entries(stack.tags))
  if (deployment.skipUnknown) tags.set(SKIP_UNKNOWN, 'true')
  const input = {
    stackName: stack.stackName,
    template,
    parameters: parametersFor(stack, deployment.parameters, before),
    tags,
    clientRequestToken,
    disableRollback: !deployment.rollback,
  }
  deployment.onStart(stack.stackName)
  const { terminationProtection } = stack
  const started = await (
    before === undefined
      ? cloudFormation.createStack({ ...input, terminationProtection })
      : cloudFormation.updateStack(input)
  ).catch(suggestFlag)
  if (before !== undefined && before.isProtected !== terminationProtection) {
    await cloudFormation.protectStack(stack.stackName, terminationProtection)
  }
  const action = before === undefined ? ('created' as const) : ('updated' as const)
  if (started === undefined && before !== undefined) {
    const { stackName, stackId, status, outputs } = before
    const tookMs = Date.now() - startedMs
    const nothing = { skipped: [], notes: [] }
    return { stackName, stackId, status, action: 'unchanged', outputs, ...nothing, tookMs }
  }
  const stackId = started?.stackId ?? ''
  const tree = constructTree(stack.template, stack.displayName)
  const stackReporter = reporter.follow({ tree, showsAll: before === undefined })
  const progress = await followStack({
    cloudFormation,
    stackName: stack.stackName,
    stackId,
    clientRequestToken,
    reporter: stackReporter,
    signal: deployment.signal,
  })
  const isFailed = outcomeOf(progress.status) === 'failed'
  stackReporter.finish(progress, isFailed)
  if (isFailed) throw failureOf(progress, action)
  const after = await cloudFormation.findStack(stackId)
  return {
    stackName: stack.stackName,
    stackId,
    status: progress.status,
    action,
    outputs: after?.outputs ?? [],
    skipped: skippedIn(progress).map(({ logicalId, type }) => ({ logicalId, type })),
    notes: notesOn(progress),
    tookMs: Date.now() - startedMs,
  }
}

/** The host speaks of tags and parameters; here there are flags for them. */
function suggestFlag(error: unknown): never {
  const hint = error instanceof HostError ? flagFor(error.message) : undefined
  if (!(error instanceof HostError) || hint === undefined) throw error
  throw new HostError(error.code, `${error.message}\n${hint}`, { cause: error })
}

function flagFor(message: string): string | undefined {
  if (message.includes('Unrecognized resource types')) return '--skip-unknown sets that tag.'
  const [, missing] = /Parameters: \[([^\]]+)\] must have values/.exec(message) ?? []
  const flags = missing?.split(', ').map((it) => `--parameters ${it}=…`)
  return flags && `Give them here: ${flags.join(' ')}`
}
