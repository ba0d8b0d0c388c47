// From a Dockerfile to what this host does instead of building an image. Whatever it cannot do is refused
// before anything is done, with its line.
import { posix } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import { readBaseImage, type BaseImage } from './base-image.ts'
import { readDockerfile, type Instruction } from './dockerfile.ts'
import type { BuildAction, ImageCommand, ImagePlan, StagePlan } from './image-plan.ts'
import { planCommand } from './run-commands.ts'
import { replaceVariables, splitCommands, splitWords } from './shell-words.ts'

export interface PlanOptions {
  readonly buildArgs: Readonly<Record<string, string>>
  /** A stage's name; the last stage when it is left out. */
  readonly target?: string | undefined
}

interface Stage {
  readonly name: string | undefined
  readonly base: BaseImage
  readonly parent: number | undefined
  readonly actions: BuildAction[]
  readonly environment: Map<string, string>
  readonly args: Map<string, string>
  workdir: string
  entrypoint: ImageCommand | undefined
  cmd: ImageCommand | undefined
}

/** Instructions that say nothing about a process of this machine. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
])
/** Arguments that a builder knows without being told. */
const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'amd64'
const AUTOMATIC: Readonly<Record<string, string>> = {
  BUILDARCH: ARCHITECTURE,
  BUILDOS: 'linux',
  BUILDPLATFORM: `linux/${ARCHITECTURE}`,
  TARGETARCH: ARCHITECTURE,
  TARGETOS: 'linux',
  TARGETPLATFORM: `linux/${ARCHITECTURE}`,
}
/** https://docs.astral.sh/uv/getting-started/installation/, the standalone installer */
const UV_INSTALLER =
  /^(?:curl|wget)\s[^|&;]*https:\/\/astral\.sh\/uv\/[\w./-]*install\.sh\s*\|\s*sh\s*$/

export function planImage(dockerfile: string, { buildArgs, target }: PlanOptions): ImagePlan {
  const stages: Stage[] = []
  const globals = new Map<string, string>()
  for (const instruction of readDockerfile(dockerfile)) {
    const { name } = instruction
    const stage = stages.at(-1)
    if (name === 'FROM') {
      // What comes behind the stage that is asked for is not built.
      if (target !== undefined && stage?.name === target.toLowerCase()) break
      stages.push(startStage(instruction, stages, globals))
    } else if (name === 'ARG') {
      readArgs(instruction, stage?.args ?? globals, { buildArgs, globals, stage })
    } else if (stage === undefined) throw refuse(instruction, 'it stands before the first FROM')
    else applyInstruction(instruction, stage, stages)
  }
  if (stages.length === 0) {
    throw new HostError('ERR_INVALID_INPUT', 'The Dockerfile has no FROM')
  }
  if (target !== undefined && stages.at(-1)?.name !== target.toLowerCase()) {
    throw new HostError('ERR_INVALID_INPUT', `The Dockerfile has no stage ${target}`)
  }
  return { stages: stages.map(describeStage) }
}

function startStage(
  instruction: Instruction,
  stages: readonly Stage[],
  globals: ReadonlyMap<string, string>,
): Stage {
  const words = splitWords(instruction.text).map((word) => replaceVariables(word, globals))
  const [image = '', as, name] = words
  if (words.length !== 1 && (words.length !== 3 || as?.toLowerCase() !== 'as')) {
    throw refuse(instruction, 'it is not FROM image [AS name]')
  }
  const parent = findStage(stages, image)
  const from = parent === undefined ? undefined : stages[parent]
  const base = from?.base ?? readBaseImage(image)
  if (base === undefined) {
    throw refuse(
      instruction,
      `images of ${image} cannot be stood in for; python, uv and node ones can`,
    )
  }
  return {
    name: name?.toLowerCase(),
    base,
    parent,
    actions: [],
    environment: new Map(from?.environment),
    args: new Map(),
    workdir: from?.workdir ?? '/',
    entrypoint: from?.entrypoint,
    cmd: from?.cmd,
  }
}

function readArgs(
  { text }: Instruction,
  into: Map<string, string>,
  {
    buildArgs,
    globals,
    stage,
  }: {
    readonly buildArgs: Readonly<Record<string, string>>
    readonly globals: ReadonlyMap<string, string>
    readonly stage: Stage | undefined
  },
): void {
  for (const word of splitWords(text)) {
    const at = word.indexOf('=')
    const name = at < 0 ? word : word.slice(0, at)
    const known = stage === undefined ? globals : variablesOf(stage)
    const otherwise = at < 0 ? undefined : replaceVariables(word.slice(at + 1), known)
    const value = buildArgs[name] ?? otherwise ?? globals.get(name) ?? AUTOMATIC[name]
    if (value !== undefined) into.set(name, value)
  }
}

function applyInstruction(instruction: Instruction, stage: Stage, stages: readonly Stage[]): void {
  const { name, text } = instruction
  if (WITHOUT_EFFECT.has(name)) return
  switch (name) {
    case 'ENV':
      for (const [variable, value] of readEnvironment(instruction, stage)) {
        stage.environment.set(variable, value)
      }
      return
    case 'WORKDIR':
      stage.workdir = posix.resolve(
        stage.workdir,
        replaceVariables(splitWords(text)[0] ?? '', variablesOf(stage)),
      )
      stage.actions.push({ kind: 'folder', path: stage.workdir })
      return
    case 'COPY':
    case 'ADD':
      stage.actions.push(...planCopy(instruction, stage, stages))
      return
    case 'RUN':
      stage.actions.push(...planRun(instruction, stage, stages))
      return
    case 'CMD':
      stage.cmd = commandOf(instruction)
      return
    case 'ENTRYPOINT':
      stage.entrypoint = commandOf(instruction)
      stage.cmd = undefined // Docker forgets the one it was given before
      return
    case 'SHELL':
      throw refuse(instruction, 'another shell cannot be chosen here')
    default:
      throw refuse(instruction, `${name} is not supported here`)
  }
}

function readEnvironment(instruction: Instruction, stage: Stage): readonly [string, string][] {
  const { text } = instruction
  const known = variablesOf(stage)
  const [first = ''] = text.split(/\s/, 1)
  // The old form: one variable, and everything behind it is its value.
  if (!first.includes('=')) {
    return [[first, replaceVariables(text.slice(first.length).trim(), known)]]
  }
  return splitWords(text).map((word) => {
    const at = word.indexOf('=')
    if (at < 1) throw refuse(instruction, `${word} is not NAME=value`)
    return [word.slice(0, at), replaceVariables(word.slice(at + 1), known)]
  })
}

function planCopy(
  instruction: Instruction,
  stage: Stage,
  stages: readonly Stage[],
): readonly BuildAction[] {
  const { line, name, flags, text, exec } = instruction
  const known = variablesOf(stage)
  const words = (exec ?? splitWords(text)).map((word) => replaceVariables(word, known))
  const destination = words.at(-1)
  const sources = words.slice(0, -1)
  if (destination === undefined || sources.length === 0)
    throw refuse(instruction, 'it names no files')
  if (text.startsWith('<<')) throw refuse(instruction, 'files cannot be written in it here')
  const source = flags.find(([flag]) => flag === 'from')?.[1]
  const from =
    source === undefined
      ? undefined
      : findStage(stages.slice(0, -1), replaceVariables(source, known))
  if (source !== undefined && from === undefined) {
    // The way uv is brought into an image (docs.astral.sh/uv/guides/integration/docker).
    if (
      readBaseImage(source)?.language === 'python' &&
      sources.every((it) => /^\/uvx?$/.test(it))
    ) {
      return []
    }
    throw refuse(instruction, `files of the image ${source} are not here`)
  }
  const strange = sources.find(
    (it) =>
      /^(?:https?|git@|ssh):/.test(it) || (name === 'ADD' && /\.(?:tar|tgz|tar\.\w+)$/.test(it)),
  )
  if (strange !== undefined)
    throw refuse(instruction, `${strange} cannot be fetched or unpacked here`)
  const isInto = destination.endsWith('/') || destination === '.' || sources.length > 1
  return [
    {
      kind: 'copy',
      line,
      sources,
      destination: posix.resolve(stage.workdir, destination),
      isInto,
      from,
    },
  ]
}

function planRun(
  instruction: Instruction,
  stage: Stage,
  stages: readonly Stage[],
): readonly BuildAction[] {
  const { line, text, exec, flags } = instruction
  const actions: BuildAction[] = flags.flatMap(([flag, value]) =>
    planMount(instruction, flag, value, stage, stages),
  )
  if (UV_INSTALLER.test(text)) return actions
  const environment = variablesOf(stage)
  const commands = exec === undefined ? splitCommands(text, environment) : [exec]
  if (commands === undefined) throw refuse(instruction, 'only a shell can do that')
  let { workdir } = stage
  for (const command of commands) {
    const words = withoutAssignments(command, environment)
    const [program, directory = '/'] = words
    if (program === 'cd') workdir = posix.resolve(workdir, directory)
    else if (program !== undefined && program !== 'export') {
      const verdict = planCommand(words, { line, workdir, environment })
      if (typeof verdict === 'string') throw refuse(instruction, verdict)
      actions.push(...verdict)
    }
  }
  return actions
}

/** Caches are this machine's own; files of the build folder are simply there. */
function planMount(
  instruction: Instruction,
  flag: string,
  value: string,
  stage: Stage,
  stages: readonly Stage[],
): readonly BuildAction[] {
  if (flag !== 'mount') return []
  const options = new Map(
    value.split(',').map((option) => {
      const at = option.indexOf('=')
      return at < 0 ? [option, ''] : [option.slice(0, at), option.slice(at + 1)]
    }),
  )
  const type = options.get('type') ?? 'bind'
  if (type === 'cache' || type === 'tmpfs') return []
  const source = options.get('source') ?? options.get('src') ?? '.'
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination')
  if (type !== 'bind' || target === undefined) {
    throw refuse(instruction, `a mount of the type ${type} is not there`)
  }
  const from = options.get('from')
  const index = from === undefined ? undefined : findStage(stages.slice(0, -1), from)
  if (from !== undefined && index === undefined) {
    if (readBaseImage(from)?.language === 'python') return []
    throw refuse(instruction, `files of the image ${from} are not here`)
  }
  const destination = posix.resolve(stage.workdir, target)
  const { line } = instruction
  return [{ kind: 'copy', line, sources: [source], destination, isInto: false, from: index }]
}

/** `NAME=value command`: the variables are for installers, which are told theirs by the host. */
function withoutAssignments(
  command: readonly string[],
  environment: Map<string, string>,
): readonly string[] {
  let at = 0
  for (const word of command) {
    const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(word) ?? []
    if (name === undefined) break
    environment.set(name, value)
    at += 1
  }
  return command.slice(at)
}

function commandOf({ exec, text }: Instruction): ImageCommand {
  return exec === undefined ? { kind: 'shell', text } : { kind: 'exec', words: exec }
}

function describeStage({ entrypoint, cmd, ...stage }: Stage): StagePlan {
  const { base, parent, actions, environment, workdir } = stage
  return { base, parent, actions, environment, workdir, command: joinCommands(entrypoint, cmd) }
}

/** Dockerfile reference, "Understand how CMD and ENTRYPOINT interact". */
function joinCommands(
  entrypoint: ImageCommand | undefined,
  cmd: ImageCommand | undefined,
): ImageCommand | undefined {
  if (entrypoint === undefined) return cmd
  if (entrypoint.kind === 'shell' || cmd === undefined) return entrypoint
  const more = cmd.kind === 'exec' ? cmd.words : ['/bin/sh', '-c', cmd.text]
  return { kind: 'exec', words: [...entrypoint.words, ...more] }
}

function variablesOf({ args, environment }: Stage): Map<string, string> {
  return new Map([...args, ...environment])
}

function findStage(stages: readonly Stage[], name: string): number | undefined {
  const index = /^\d+$/.test(name)
    ? Number(name)
    : stages.findLastIndex((stage) => stage.name === name.toLowerCase())
  return stages[index] === undefined ? undefined : index
}

function refuse({ line, name, text }: Instruction, reason: string): HostError {
  const shown = `${name} ${text}`.slice(0, 200)
  const message = `Dockerfile line ${line}, ${JSON.stringify(shown)}: ${reason}; start Docker (or podman, nerdctl), or deploy the code directly (codeConfiguration)`
  return new HostError('ERR_NOT_SUPPORTED', message)
}
