import { HostError } from '../../kernel/host-error.ts'

/** What the variables of one Dockerfile, or of one command, have given by now. */
export interface VariableBudget {
  /** Named when it is too much: `Dockerfile line 3`. */
  where: string
  characters: number
}

const MAX_CHARACTERS = 1_000_000

/**
 * The variables that an instruction knows. Every value that is taken counts: `ENV A=$A$A` doubles it, and
 * thirty such lines would be a gigabyte.
 */
export class ImageVariables extends Map<string, string> {
  readonly #budget: VariableBudget

  constructor(entries: Iterable<readonly [string, string]>, budget: VariableBudget) {
    super(entries)
    this.#budget = budget
  }

  override get(name: string): string | undefined {
    const value = super.get(name)
    this.#budget.characters += value?.length ?? 0
    if (this.#budget.characters <= MAX_CHARACTERS) return value
    const message = `${this.#budget.where}: the values of variables may be ${MAX_CHARACTERS} characters in all`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
}
