import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { Config } from './config.ts'
import {
  mergeLayers,
  readEnvironmentLayer,
  readFileLayer,
  readFlagLayer,
  type ConfigLayer,
} from './config-layers.ts'
import { listSettings } from './config-settings.ts'

export interface ConfigSources {
  /** Absent: `catamaran.config.json` where the command runs, if there is one. */
  readonly file?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly args: readonly string[]
}

const DEFAULT_FILE = 'catamaran.config.json'

/** The configuration, whole: defaults, below the file, below the environment, below the flags. */
export async function readConfig({ file, environment, args }: ConfigSources): Promise<Config> {
  const settings = listSettings()
  const found = file ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined)
  const layers = [
    ...(found === undefined ? [] : [await readFileLayer(found)]),
    readEnvironmentLayer(settings, environment),
    readFlagLayer(settings, args),
  ]
  const parsed = Config.safeParse(mergeLayers(layers))
  if (!parsed.success) {
    throw new HostError('ERR_INVALID_INPUT', describeMistakes(parsed.error.issues, layers))
  }
  const base = found === undefined ? process.cwd() : dirname(resolve(found))
  return { ...parsed.data, dataDir: resolve(base, parsed.data.dataDir) }
}

/** Every mistake at once, by path, with the flag or variable that made it. */
function describeMistakes(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  layers: readonly ConfigLayer[],
): string {
  const lines = issues.map(({ path, message }) => {
    const names = path.map(String)
    const source = layers.map((it) => it.nameOf(names)).findLast((it) => it !== undefined)
    const where = names.join('.') || 'the configuration'
    return `  ${where}${source === undefined ? '' : ` (${source})`}: ${message}`
  })
  return `The configuration cannot be used:\n${lines.join('\n')}`
}
