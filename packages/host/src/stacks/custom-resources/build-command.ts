import { HostError } from '../../kernel/host-error.ts'

/** What of a `docker buildx build` says which image it makes. */
export interface BuildCommand {
  /** Below the build folder. */
  readonly dockerfile: string
  readonly buildArgs: Readonly<Record<string, string>>
  /** A stage of the Dockerfile; absent: the last. */
  readonly target?: string
  /** `linux/arm64` */
  readonly platform?: string
}

const PREFIX = /^docker (?:buildx )?build /
/** What a local build needs as little as a cache: options with a value, and those without. */
const IGNORED = ['--output', '-o', '--network', '--cache-from', '--cache-to', '--provenance']
const IGNORED_FLAGS = ['--no-cache', '--load', '--push', '.']
const UNDERSTOOD = ['--build-arg', '--file', '-f', '--target', '--platform', ...IGNORED]

/** Reads the command that deploy-time-build writes (ContainerImageBuild, getDockerBuildCommand). */
export function readBuildCommand(command: string): BuildCommand {
  if (!PREFIX.test(command)) throw refusal('it is not a docker build')
  const words = splitWords(command.replace(PREFIX, ''))
  const options = new Map<string, string[]>()
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [name, inline] = splitOption(word)
    if (IGNORED_FLAGS.includes(name)) continue
    if (!UNDERSTOOD.includes(name)) throw refusal(`${name} is not supported here`)
    options.set(name, [...(options.get(name) ?? []), inline ?? words.shift() ?? ''])
  }
  const last = (...names: readonly string[]) => names.flatMap((it) => options.get(it) ?? []).at(-1)
  const target = last('--target')
  const platform = last('--platform')
  return {
    dockerfile: last('--file', '-f') ?? 'Dockerfile',
    buildArgs: Object.fromEntries((options.get('--build-arg') ?? []).map(splitAssignment)),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
  }
}

function splitOption(word: string): readonly [string, string?] {
  const at = word.indexOf('=')
  return word.startsWith('--') && at !== -1 ? [word.slice(0, at), word.slice(at + 1)] : [word]
}

function splitAssignment(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** The words a shell would see; CodeBuild gives the command to `eval`. */
function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs) ?? []
  return words.map((word) =>
    word.replaceAll(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
      (_whole, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
    ),
  )
}

function refusal(problem: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', `The image cannot be built from its folder: ${problem}`)
}
