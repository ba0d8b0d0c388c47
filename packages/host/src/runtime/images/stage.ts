import { HostError } from '../../kernel/host-error.ts'
import type { BaseImage } from './base-image.ts'
import type { Instruction } from './dockerfile.ts'
import type { BuildAction, ImageCommand } from './image-plan.ts'
import { ImageVariables, type VariableBudget } from './image-variables.ts'

/** A stage of a Dockerfile while its instructions are read. */
export interface Stage {
  readonly name: string | undefined
  readonly base: BaseImage
  readonly parent: number | undefined
  readonly actions: BuildAction[]
  readonly environment: Map<string, string>
  readonly args: Map<string, string>
  /** The same for all stages of the file. */
  readonly budget: VariableBudget
  workdir: string
  entrypoint: ImageCommand | undefined
  cmd: ImageCommand | undefined
}

export function variablesOf({ args, environment, budget }: Stage): ImageVariables {
  return new ImageVariables([...args, ...environment], budget)
}

export function findStage(stages: readonly Stage[], name: string): number | undefined {
  const index = /^\d+$/.test(name)
    ? Number(name)
    : stages.findLastIndex((stage) => stage.name === name.toLowerCase())
  return stages[index] === undefined ? undefined : index
}

export function refuseInstruction({ line, name, text }: Instruction, reason: string): HostError {
  const shown = `${name} ${text}`.slice(0, 200)
  const message = `Dockerfile line ${line}, ${JSON.stringify(shown)}: ${reason}; start Docker (or podman, nerdctl), or deploy the code directly (codeConfiguration)`
  return new HostError('ERR_NOT_SUPPORTED', message)
}
