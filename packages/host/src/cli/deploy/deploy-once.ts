// One deployment: what is read, made and told.
import { HostError } from '../../kernel/host-error.ts'
import { checkImages } from './assets/check-images.ts'
import { checkTypes } from './check-types.ts'
import type { Target } from './aws/connect.ts'
import type { DeploymentSource } from './cdk/find-source.ts'
import type { DeployFlags } from './deploy-flags.ts'
import { deployStack, type DeployedStack } from './deploy-stack.ts'
import { describeOutputs, outputsObject, printOutputs } from './describe-outputs.ts'
import type { Reporter } from './progress/reporter.ts'
import { describeTime, painter } from './progress/status-words.ts'
import { readParameters } from './read-parameters.ts'
import { readStacks, type ReadStack } from './stack-source.ts'

/** What a deployment and its repetitions have in common. */
export interface DeployContext {
  readonly source: DeploymentSource
  readonly stackPatterns: readonly string[]
  readonly flags: DeployFlags
  readonly target: Target
  readonly reporter: Reporter
  readonly signal: AbortSignal
  /** Outputs that were told already, by the name of their stack. */
  readonly told: Map<string, string>
  /** Stacks on which the host is at work at the moment. */
  readonly underway: Set<string>
}

/** Reads the stacks and deploys one after the other; tells the outputs. */
export async function deployOnce(context: DeployContext): Promise<readonly ReadStack[]> {
  const read = await readForDeployment(context)
  await deployRead(read, context)
  return read
}

async function readForDeployment(context: DeployContext): Promise<readonly ReadStack[]> {
  const { source, stackPatterns, flags, target, reporter, signal } = context
  const { all = false, exclusively = false } = flags
  const done = source.kind === 'app' ? reporter.begin('Synthesising') : undefined
  const read = await readStacks(source, {
    target,
    context: flags.context,
    selection: { patterns: stackPatterns, all, exclusively },
    reporter,
    signal,
  })
  done?.('Synthesised')
  if (!flags.skipUnknown) await checkTypes(read, target)
  // what another machine has is not known here, and its host says it in the middle
  if (isLocal(target.host.url) && !flags.skipUnknown) await checkImages(read)
  return read
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}

/** Deploys what is read, in order. */
export async function deployRead(
  read: readonly ReadStack[],
  { flags, target, reporter, signal, told, underway }: DeployContext,
): Promise<void> {
  const startedMs = performance.now()
  const parametersOf = readParameters(flags.parameters)
  const deployed: DeployedStack[] = []
  for (const [index, stack] of read.entries()) {
    const result = await deployStack(stack, {
      target,
      reporter,
      signal,
      parameters: parametersOf(stack.stackName),
      skipUnknown: flags.skipUnknown ?? false,
      rollback: flags.rollback,
      onStart: (stackName) => underway.add(stackName),
    }).catch((error: unknown) => nameOthers(error, read.slice(index + 1)))
    underway.delete(stack.stackName)
    deployed.push(result)
    if (!flags.json) sayDeployed(result, reporter, told)
  }
  if (!flags.json) return
  const tookMs = Math.round(performance.now() - startedMs)
  process.stdout.write(`${JSON.stringify({ stacks: deployed.map(describeResult), tookMs })}\n`)
}

/** What came after a stack that failed was not begun, and nobody would say so. */
function nameOthers(error: unknown, others: readonly ReadStack[]): never {
  if (!(error instanceof HostError) || others.length === 0) throw error
  const names = others.map(({ stackName }) => stackName).join(', ')
  throw new HostError(error.code, `${error.message}\nNot begun: ${names}`, { cause: error })
}

function sayDeployed(
  { stackName, action, tookMs, outputs, notes }: DeployedStack,
  reporter: Reporter,
  told: Map<string, string>,
): void {
  const paint = painter(process.stderr)
  if (action === 'unchanged') {
    reporter.say(`${paint('green', '✓')} ${paint('bold', stackName)}  no changes`)
  } else if (!process.stderr.isTTY) {
    reporter.say(`${stackName} ${action} in ${describeTime(tookMs)}`)
  }
  for (const note of notes) reporter.say(`  ${paint('dim', note)}`)
  const text = describeOutputs(outputs, '  ')
  if (text === '' || told.get(stackName) === text) return
  told.set(stackName, text)
  printOutputs(`\n${text}\n`)
}

function describeResult(stack: DeployedStack): object {
  const { stackName, stackId, status, action, skipped, outputs, tookMs } = stack
  const about = { stackName, stackId, status, action, skipped }
  return { ...about, outputs: outputsObject(outputs), tookMs: Math.round(tookMs) }
}
