// `catamaran deploy`: what `cdk deploy` does, against a host. Everything goes over the wire, as from any
// other client: assets over S3, stacks over CloudFormation.
import { dirname } from 'node:path'
import type { Cleanup } from '../../kernel/cleanup.ts'
import { HostError } from '../../kernel/host-error.ts'
import { reachHost, type ReachedHost } from '../host-record.ts'
import { findTarget } from './aws/connect.ts'
import { findSource, type DeploymentSource } from './cdk/find-source.ts'
import type { DeployFlags } from './deploy-flags.ts'
import { deployOnce } from './deploy-once.ts'
import type { Reporter } from './progress/reporter.ts'
import { withProgress, type Progress } from './with-progress.ts'

export async function deploy(
  path: string,
  stacks: readonly string[],
  flags: DeployFlags,
): Promise<void> {
  const underway = new Set<string>()
  const work = async ({ reporter, signal, cleanup }: Progress) => {
    const { source, stackPatterns } = await findSource(path, stacks, flags.app)
    const host = await findOrStartHost(source, flags, cleanup, reporter)
    const target = await findTarget(host, flags)
    const told = new Map<string, string>()
    const context = { source, stackPatterns, flags, target, reporter, signal, told, underway }
    if (flags.watch) {
      const { watchAndDeploy } = await import('./watch/watch-and-deploy.ts')
      await watchAndDeploy(context)
    } else await deployOnce(context)
    if (flags.up) await untilAborted(signal, reporter)
  }
  await withProgress(flags, work, () => describeInterruption(underway))
}

async function findOrStartHost(
  source: DeploymentSource,
  flags: DeployFlags,
  cleanup: Cleanup,
  reporter: Reporter,
): Promise<ReachedHost> {
  if (!flags.up) return reachHost(flags.url).catch(suggestUp)
  const { startOwnHost } = await import('./own-host.ts')
  const dir = source.kind === 'template' ? dirname(source.file) : source.dir
  const host = await startOwnHost(dir, cleanup, (line) => reporter.say(line))
  reporter.say(`Catamaran is up at ${host.url}`)
  return host
}

function suggestUp(error: unknown): never {
  if (!(error instanceof HostError) || error.code !== 'ERR_NOT_FOUND') throw error
  const message = `${error.message}. For stacks: \`catamaran up --empty\` in another terminal, or --up here`
  throw new HostError(error.code, message, { cause: error })
}

async function untilAborted(signal: AbortSignal, reporter: Reporter): Promise<void> {
  reporter.say('Ctrl-C stops the host.')
  if (signal.aborted) return
  const alive = setInterval(() => {}, 60_000) // the host's own handles may all be unreferenced
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  clearInterval(alive)
}

function describeInterruption(underway: ReadonlySet<string>): string {
  if (underway.size === 0) return 'catamaran: interrupted; nothing is being deployed\n'
  const names = [...underway].join(', ')
  return `catamaran: interrupted; the host goes on with ${names}: \`catamaran stacks\` says how far it is\n`
}
