import { memoryLimitMb, residentMb } from './memory.ts'

/** The memory of one process over its life. */
export class MemoryWatch {
  readonly #pid: number
  readonly #memorySizeMb: number
  #maxMb = 0

  constructor(pid: number, memorySizeMb: number) {
    this.#pid = pid
    this.#memorySizeMb = memorySizeMb
  }

  /** The most that was seen. */
  get maxMb(): number {
    return this.#maxMb
  }

  /** Reads what is in use now; says why the process must end, if it must. */
  check(): string | undefined {
    const usedMb = residentMb(this.#pid) ?? 0
    this.#maxMb = Math.max(this.#maxMb, usedMb)
    if (usedMb <= memoryLimitMb(this.#memorySizeMb)) return undefined
    return `${usedMb} MB of memory are in use, the function may have ${this.#memorySizeMb} MB: its environment is ended`
  }
}
