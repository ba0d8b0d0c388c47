/** A few lines at the end of a terminal that are drawn again and again. */
export interface Screen {
  draw(lines: readonly string[]): void
  /** Leaves these lines behind in place of the drawn ones. */
  leave(lines: readonly string[]): void
  /** Text that stays, above what is drawn. */
  print(text: string): void
  /** The cursor is visible again; what is drawn stays. Idempotent. */
  close(): void
}

const ESCAPE = '\u001B['
const HIDE_CURSOR = `${ESCAPE}?25l`
const SHOW_CURSOR = `${ESCAPE}?25h`
/** Terminals that know it show a frame whole; the others ignore it. */
const BEGIN_FRAME = `${ESCAPE}?2026h`
const END_FRAME = `${ESCAPE}?2026l`

export function openScreen(stream: NodeJS.WriteStream): Screen {
  let drawn: readonly string[] = []
  let isHidden = false
  const restore = () => void (isHidden && stream.write(SHOW_CURSOR))

  function clearing(): string {
    return drawn.length === 0 ? '' : `${ESCAPE}${drawn.length}A${ESCAPE}0J`
  }

  function write(lines: readonly string[]): void {
    stream.write(`${BEGIN_FRAME}${clearing()}${lines.map((it) => `${it}\n`).join('')}${END_FRAME}`)
  }

  return {
    draw(lines) {
      if (!isHidden) {
        isHidden = true
        stream.write(HIDE_CURSOR)
        process.once('exit', restore) // however this ends, the cursor is there again
      }
      if (lines.length === drawn.length && lines.every((line, index) => line === drawn[index]))
        return
      write(lines)
      drawn = lines
    },
    leave(lines) {
      write(lines)
      drawn = []
    },
    print(text) {
      const lines = drawn
      stream.write(clearing() + text)
      drawn = []
      if (lines.length > 0) write(lines)
      drawn = lines
    },
    close() {
      if (!isHidden) return
      restore()
      process.off('exit', restore)
      isHidden = false
      drawn = []
    },
  }
}
