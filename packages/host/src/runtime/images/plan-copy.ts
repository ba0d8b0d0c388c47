import { posix } from 'node:path'
import { readBaseImage } from './base-image.ts'
import type { Instruction } from './dockerfile.ts'
import type { BuildAction } from './image-plan.ts'
import { replaceVariables, splitWords } from './shell-words.ts'
import { findStage, refuseInstruction, variablesOf, type Stage } from './stage.ts'

/** COPY and ADD: from the build folder, or from a stage before. */
export function planCopy(
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
    throw refuseInstruction(instruction, 'it names no files')
  if (text.startsWith('<<'))
    throw refuseInstruction(instruction, 'files cannot be written in it here')
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
    throw refuseInstruction(instruction, `files of the image ${source} are not here`)
  }
  const strange = sources.find(
    (it) =>
      /^(?:https?|git@|ssh):/.test(it) || (name === 'ADD' && /\.(?:tar|tgz|tar\.\w+)$/.test(it)),
  )
  if (strange !== undefined)
    throw refuseInstruction(instruction, `${strange} cannot be fetched or unpacked here`)
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
