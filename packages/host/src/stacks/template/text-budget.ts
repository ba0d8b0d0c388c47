import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'

/** Twice the largest template: functions put its texts together, but seldom more often than that. */
const MAX_CHARACTERS = 2_000_000

/**
 * Counts what functions give: a few hundred characters of `Fn::Sub` in `Fn::Sub` stand for gigabytes.
 * The function refuses once there is too much.
 */
export function createTextBudget(): (characters: number) => void {
  let spent = 0
  return (characters) => {
    spent += characters
    if (spent <= MAX_CHARACTERS) return
    const message = `Template error: the functions of one resource or output may give ${MAX_CHARACTERS} characters`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
}

/** About as many characters as the value has when it is written down. */
export function charactersOf(value: Json): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  let characters = 0
  for (const [name, member] of Object.entries(value)) {
    characters += (Array.isArray(value) ? 1 : name.length) + charactersOf(member)
  }
  return characters
}
