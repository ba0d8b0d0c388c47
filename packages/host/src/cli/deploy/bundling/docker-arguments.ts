// The few ways in which the CDK calls Docker while it synthesises (core/bundling.ts: DockerImage.run,
// DockerImage.fromBuild, AssetBundlingVolumeCopy), read from the arguments.

export type DockerCall =
  | { readonly kind: 'inspect'; readonly image: string }
  | {
      readonly kind: 'build'
      readonly tag: string
      readonly folder: string
      readonly dockerfile: string | undefined
      readonly buildArgs: Readonly<Record<string, string>>
    }
  | ({ readonly kind: 'run' } & DockerRun)
  | { readonly kind: 'other' }

export interface DockerRun {
  readonly image: string
  readonly volumes: readonly { readonly from: string; readonly to: string }[]
  readonly env: Readonly<Record<string, string>>
  readonly workingDirectory: string | undefined
  /** The entry point, if one is given, and the command. */
  readonly command: readonly string[]
  readonly usesOtherVolumes: boolean
}

/** What an invocation asks for. */
export function readDockerCall(args: readonly string[]): DockerCall {
  const [first, second, ...rest] = args
  if (first === 'image' && second === 'inspect')
    return { kind: 'inspect', image: rest.at(-1) ?? '' }
  if (first === 'build') return readBuild(args.slice(1))
  if (first === 'run') return readRun(args.slice(1))
  return { kind: 'other' }
}

const SWITCHES = new Set(['--rm', '--no-cache', '--quiet', '-q', '--init', '-i', '-t'])

interface Options {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly rest: readonly string[]
}

/** Docker's options come before its arguments; each but the switches has a value. */
function readOptions(args: readonly string[], switches: ReadonlySet<string>): Options {
  const values = new Map<string, string[]>()
  let index = 0
  for (; index < args.length; index += 1) {
    const [option = '', own] = (args[index] ?? '').split(/=(.*)/s, 2)
    if (!option.startsWith('-')) break
    if (switches.has(option)) continue
    const name = SHORT[option] ?? option
    const value = own ?? args[(index += 1)] ?? ''
    values.set(name, [...(values.get(name) ?? []), value])
  }
  return { values, rest: args.slice(index) }
}

const SHORT: Readonly<Record<string, string>> = {
  '-t': '--tag',
  '-f': '--file',
  '-v': '--volume',
  '-e': '--env',
  '-w': '--workdir',
  '-u': '--user',
}

function readBuild(args: readonly string[]): DockerCall {
  const { values, rest } = readOptions(args, new Set(['--no-cache', '--quiet', '-q']))
  return {
    kind: 'build',
    tag: values.get('--tag')?.at(-1) ?? '',
    folder: rest.at(-1) ?? '.',
    dockerfile: values.get('--file')?.at(-1),
    buildArgs: pairsOf(values.get('--build-arg')),
  }
}

function readRun(args: readonly string[]): DockerCall {
  const { values, rest } = readOptions(args, SWITCHES)
  const [image = '', ...command] = rest
  const entrypoint = values.get('--entrypoint')?.at(-1)
  return {
    kind: 'run',
    image,
    volumes: (values.get('--volume') ?? []).map(readVolume),
    env: pairsOf(values.get('--env')),
    workingDirectory: values.get('--workdir')?.at(-1),
    command: entrypoint === undefined ? command : [entrypoint, ...command],
    usesOtherVolumes: values.has('--volumes-from'),
  }
}

/** `/on/this/machine:/in/the/container:delegated` */
function readVolume(text: string): { from: string; to: string } {
  const [, from = text, to = ''] = /^(.+?):(\/[^:]*)(?::[^:]*)?$/.exec(text) ?? []
  return { from, to }
}

function pairsOf(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=')
      return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
}
