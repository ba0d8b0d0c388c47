// What Lambda's Invoke returns for LogType Tail: the last 4 KB of an invocation's log.

const MAX_BYTES = 4_096

/** The last lines of one invocation. */
export class LogTail {
  #text = ''

  append(line: string): void {
    // Never more than twice of what is kept: a function may write megabytes.
    this.#text = `${this.#text}${line}\n`.slice(-2 * MAX_BYTES)
  }

  /** At most 4 KB, from the end, as bytes: the cut may be in the middle of a character. */
  read(): Buffer {
    return Buffer.from(this.#text).subarray(-MAX_BYTES)
  }
}
