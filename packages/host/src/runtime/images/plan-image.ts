// From a Dockerfile to what this host does instead of building an image. Whatever it cannot do is refused
// before anything is done, with its line.
import { posix } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import { readBaseImage } from './base-image.ts'
import { readDockerfile, type Instruction } from './dockerfile.ts'
import type { ImageCommand, ImagePlan, StagePlan } from './image-plan.ts'
import { ImageVariables, type VariableBudget } from './image-variables.ts'
import { planCopy } from './plan-copy.ts'
import { planRun } from './plan-run.ts'
import { replaceVariables, splitWords } from './shell-words.ts'
import { findStage, refuseInstruction, variablesOf, type Stage } from './stage.ts'

export interface PlanOptions {
  readonly buildArgs: Readonly<Record<string, string>>
  /** A stage's name; the last stage when it is left out. */
  readonly target?: string | undefined
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
export function planImage(dockerfile: string, { buildArgs, target }: PlanOptions): ImagePlan {
  const stages: Stage[] = []
  const budget: VariableBudget = { where: 'Dockerfile', characters: 0 }
  const globals = new ImageVariables([], budget)
  for (const instruction of readDockerfile(dockerfile)) {
    const { name, line } = instruction
    budget.where = `Dockerfile line ${line}`
    const stage = stages.at(-1)
    if (name === 'FROM') {
      // What comes behind the stage that is asked for is not built.
      if (target !== undefined && stage?.name === target.toLowerCase()) break
      stages.push(startStage(instruction, stages, globals, budget))
    } else if (name === 'ARG') {
      readArgs(instruction, stage?.args ?? globals, { buildArgs, globals, stage })
    } else if (stage === undefined)
      throw refuseInstruction(instruction, 'it stands before the first FROM')
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
  budget: VariableBudget,
): Stage {
  const words = splitWords(instruction.text).map((word) => replaceVariables(word, globals))
  const [image = '', as, name] = words
  if (words.length !== 1 && (words.length !== 3 || as?.toLowerCase() !== 'as')) {
    throw refuseInstruction(instruction, 'it is not FROM image [AS name]')
  }
  const parent = findStage(stages, image)
  const from = parent === undefined ? undefined : stages[parent]
  const base = from?.base ?? readBaseImage(image)
  if (base === undefined) {
    throw refuseInstruction(
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
    budget,
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
      throw refuseInstruction(instruction, 'another shell cannot be chosen here')
    default:
      throw refuseInstruction(instruction, `${name} is not supported here`)
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
    if (at < 1) throw refuseInstruction(instruction, `${word} is not NAME=value`)
    return [word.slice(0, at), replaceVariables(word.slice(at + 1), known)]
  })
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
