// A log that never grows beyond twice its limit and never holds up an invocation: lines are gathered
// in memory and written behind its back, one write at a time.
import { closeSync, mkdirSync, openSync, rename, statSync, write, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface LogFile {
  append(line: string): void
  /** Writes what is left and closes the file. */
  close(): void
}

const FLUSH_MS = 100
const FLUSH_CHARACTERS = 64 * 1024
/** When the disk does not keep up, lines are dropped rather than kept for ever. */
const MAX_HELD_CHARACTERS = 4 * 1024 * 1024

/** Opens a log whose file is created by its first line; at `maxBytes` it becomes `<path>.1`. */
export function openLogFile(path: string, maxBytes = 10 * 1024 * 1024): LogFile {
  let held = ''
  let dropped = 0
  let timer: NodeJS.Timeout | undefined
  let file: { readonly fd: number; size: number } | undefined
  let isWriting = false
  let isClosed = false

  const open = () => {
    mkdirSync(dirname(path), { recursive: true })
    const fd = openSync(path, 'a', 0o600)
    return { fd, size: statSync(path).size }
  }
  const take = () => {
    clearTimeout(timer)
    timer = undefined
    const note = dropped > 0 ? `(${dropped} lines were dropped: the disk is too slow)\n` : ''
    const bytes = Buffer.from(held + note)
    held = ''
    dropped = 0
    return bytes
  }
  /** One at a time: a full file is moved away, then the lines are written. */
  const flush = () => {
    if (isWriting || held === '') return
    isWriting = true
    if (file === undefined || file.size < maxBytes) return writeHeld()
    closeSync(file.fd)
    file = undefined
    // Replacing the predecessor frees its blocks, which takes long enough to be noticed.
    rename(path, `${path}.1`, writeHeld)
  }
  const writeHeld = () => {
    const bytes = take()
    try {
      file ??= open()
    } catch {
      isWriting = false // no folder to write to: whoever listens to `onLine` has the lines
      return
    }
    const current = file
    current.size += bytes.length
    write(current.fd, bytes, () => {
      // A failed write (disk full) loses these lines; functions go on.
      isWriting = false
      if (isClosed) closeSync(current.fd)
      else if (held.length >= FLUSH_CHARACTERS) flush()
      else if (held !== '') timer ??= setTimeout(flush, FLUSH_MS).unref()
    })
  }
  return {
    append(line) {
      if (isClosed) return
      if (held.length > MAX_HELD_CHARACTERS) {
        dropped += 1
        return
      }
      held += line
      held += '\n'
      if (held.length >= FLUSH_CHARACTERS) flush()
      else timer ??= setTimeout(flush, FLUSH_MS).unref()
    },
    close() {
      if (isClosed) return
      isClosed = true
      const bytes = take()
      try {
        if (bytes.length > 0) writeSync((file ??= open()).fd, bytes)
      } catch {
        // A log that cannot be written must not keep a host from stopping.
      }
      if (file !== undefined && !isWriting) closeSync(file.fd)
    },
  }
}
