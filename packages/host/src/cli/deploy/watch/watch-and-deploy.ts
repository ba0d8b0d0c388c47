// `catamaran deploy --watch`. A file that is a function's code as it stands goes up by itself, and the
// stack is updated through the same API as always; anything else means to synthesise again.
import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { errorMessage, HostError } from '../../../kernel/host-error.ts'
import { deployOnce, deployRead, type DeployContext } from '../deploy-once.ts'
import { describeTime } from '../progress/status-words.ts'
import type { ReadStack } from '../stack-source.ts'
import { findHotAssets, type HotAsset } from './hot-assets.ts'
import { ownOutput } from './own-output.ts'
import { assetsOf, swapAssets } from './swap-assets.ts'
import { watchFiles } from './watch-files.ts'
import { watchFolder } from './watch-folder.ts'

interface Watched {
  readonly stacks: readonly ReadStack[]
  readonly assets: readonly HotAsset[]
}

/** Deploys, and again after every change, until it is interrupted. Failures are told, and it goes on. */
export async function watchAndDeploy(context: DeployContext): Promise<void> {
  const { reporter, signal } = context
  const { dir, include, exclude } = watchedFolder(context)
  let pending = new Set<string>()
  let wake = () => {}
  signal.addEventListener('abort', () => wake())
  const isOwnOutput = ownOutput()
  const onChange = (names: ReadonlySet<string>) => {
    const others = [...names].filter((it) => !isOwnOutput(resolve(dir, it)))
    for (const name of others) pending.add(name)
    if (others.length > 0) wake()
  }
  using _ = await watchFolder({ dir, include, exclude, onChange })
  let watched: Watched | undefined
  let elsewhere: Disposable | undefined
  const deployed = (next: Watched | undefined) => {
    watched = next
    if (next === undefined) return // what was watched before may mend it
    elsewhere?.[Symbol.dispose]()
    elsewhere = watchFiles(sourcesElsewhere(next, dir), onChange)
  }
  deployed(await told(context, () => deployWhole(context, dir)))
  reporter.say(`Watching ${dir}; Ctrl-C ends that.`)
  while (!signal.aborted) {
    if (pending.size === 0) {
      await new Promise<void>((resolve) => (wake = resolve))
      continue
    }
    const changed = pending
    pending = new Set()
    const before = watched
    watched = undefined // after a failure, only a whole deployment says what is there
    deployed(await told(context, () => deployChange(context, dir, changed, before)))
  }
  elsewhere?.[Symbol.dispose]()
}

/** What the app bundles from outside its own folder. */
function sourcesElsewhere({ stacks }: Watched, dir: string): readonly string[] {
  const all = new Set(stacks.flatMap(({ sources }) => sources))
  return [...all].filter((it) => !it.startsWith(`${dir}/`))
}

function watchedFolder({ source }: DeployContext) {
  if (source.kind === 'template') {
    return { dir: dirname(source.file), include: [basename(source.file)], exclude: [] }
  }
  const settings = source.kind === 'app' ? source.settings.watch : undefined
  return { dir: source.dir, include: settings?.include ?? [], exclude: settings?.exclude ?? [] }
}

/** What is refused or fails is said, and the next save may mend it; anything else is a mistake of ours. */
async function told<T>(
  { reporter, signal }: DeployContext,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof HostError)) throw error
    reporter.say(errorMessage(error))
    return undefined
  }
}

async function deployWhole(context: DeployContext, dir: string): Promise<Watched> {
  const stacks = await deployOnce(context)
  const isApp = context.source.kind === 'app'
  return { stacks, assets: isApp ? await findHotAssets(stacks, dir) : [] }
}

async function deployChange(
  context: DeployContext,
  dir: string,
  changed: ReadonlySet<string>,
  before: Watched | undefined,
): Promise<Watched> {
  const startedMs = performance.now()
  const affected = before && (await assetsOf(changed, dir, before.assets))
  if (before === undefined || affected === undefined) {
    const names = [...changed].filter((it) => existsSync(resolve(dir, it)))
    context.reporter.say(
      `Changed: ${(names.length > 0 ? names : [...changed]).slice(0, 3).join(', ')}`,
    )
    return deployWhole(context, dir)
  }
  const {
    stacks,
    assets,
    changed: updated,
  } = await swapAssets(affected, before.assets, before.stacks, context.target)
  if (updated.length === 0) return before
  await deployRead(updated, context)
  const names = affected.map(({ asset }) => asset.displayName).join(', ')
  const time = describeTime(performance.now() - startedMs)
  context.reporter.say(`Swapped ${names} in ${time}`)
  return { stacks, assets }
}
