import type { Log } from '../kernel/log.ts'
import { childPointer, type Problem } from './problems.ts'
import { toolsOf, type TargetRecord } from './target-record.ts'
import type { Tool } from './tool.ts'

/** A target name has no underscore, so the first three of a name on the wire end it. */
export const SEPARATOR = '___'

/** AgentCore quotas: the length of a tool's name on the wire. */
const MAX_TOOL_NAME_LENGTH = 256

/** Model vendors cap the names of tools; a longer one works with some models only. */
const PORTABLE_NAME_LENGTH = 64

/** Adds the names that are too long behind the name of their target. */
export function checkToolNames(
  targetName: string,
  tools: readonly Tool[],
  pointer: string,
  problems: Problem[],
): void {
  for (const [index, tool] of tools.entries()) {
    const { length } = targetName + SEPARATOR + tool.name
    if (length <= MAX_TOOL_NAME_LENGTH) continue
    const message = `must have ${MAX_TOOL_NAME_LENGTH} or fewer characters together with the target's name and ${SEPARATOR}, not ${length}`
    problems.push({ pointer: `${childPointer(pointer, index)}/name`, message })
  }
}

/** Mentions the tools of a target that some models cannot call. */
export function warnOfLongNames(target: TargetRecord, log: Log): void {
  const { gatewayId } = target
  for (const { name } of toolsOf(target)) {
    const tool = target.name + SEPARATOR + name
    if (tool.length <= PORTABLE_NAME_LENGTH) continue
    const message = `A tool has a name of more than ${PORTABLE_NAME_LENGTH} characters, which some models refuse`
    log.warn(message, { gatewayId, tool })
  }
}
