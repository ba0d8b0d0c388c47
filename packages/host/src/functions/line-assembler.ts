const MAX_LINE = 64 * 1024

/** Puts what was written in arbitrary pieces together to lines; a line is cut at 64 KiB. */
export class LineAssembler {
  #rest = ''
  readonly #onLine: (line: string) => void

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line.slice(0, MAX_LINE))
    if (this.#rest.length > MAX_LINE) this.end()
  }

  /** What was begun is a line of its own: nothing will complete it. */
  end(): void {
    if (this.#rest === '') return
    const line = this.#rest
    this.#rest = ''
    this.#onLine(line.slice(0, MAX_LINE))
  }
}
