import { posix } from 'node:path'
import { readBaseImage } from './base-image.ts'
import type { Instruction } from './dockerfile.ts'
import type { BuildAction } from './image-plan.ts'
import { planCommand } from './run-commands.ts'
import { splitCommands } from './shell-words.ts'
import { findStage, refuseInstruction, variablesOf, type Stage } from './stage.ts'

/** https://docs.astral.sh/uv/getting-started/installation/, the standalone installer */
const UV_INSTALLER =
  /^(?:curl|wget)\s[^|&;]*https:\/\/astral\.sh\/uv\/[\w./-]*install\.sh\s*\|\s*sh\s*$/

/** RUN: installations, and what means nothing here. */
export function planRun(
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
  if (commands === undefined) throw refuseInstruction(instruction, 'only a shell can do that')
  let { workdir } = stage
  for (const command of commands) {
    const words = withoutAssignments(command, environment)
    const [program, directory = '/'] = words
    if (program === 'cd') workdir = posix.resolve(workdir, directory)
    else if (program !== undefined && program !== 'export') {
      const verdict = planCommand(words, { line, workdir, environment })
      if (typeof verdict === 'string') throw refuseInstruction(instruction, verdict)
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
    throw refuseInstruction(instruction, `a mount of the type ${type} is not there`)
  }
  const from = options.get('from')
  const index = from === undefined ? undefined : findStage(stages.slice(0, -1), from)
  if (from !== undefined && index === undefined) {
    if (readBaseImage(from)?.language === 'python') return []
    throw refuseInstruction(instruction, `files of the image ${from} are not here`)
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
