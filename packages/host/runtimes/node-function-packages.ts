// Asks the host for a package that Lambda would bring along, and blocks until it is there: code that
// requires one cannot wait in any other way. The answer is a file in this environment's own folder.
import { tellHost } from './node-function-pipes.ts'

const { readFileSync } = process.getBuiltinModule('node:fs')
const path = process.getBuiltinModule('node:path')
const { pathToFileURL } = process.getBuiltinModule('node:url')

const POLL_MS = 10

/** The URL of a file beside the `node_modules` that has the package. */
export function locatePackage(name: string, missing: unknown): string {
  tellHost(`P${name}`)
  const { folder, problem = '' } = waitFor(answerFile(name))
  if (folder !== undefined) return pathToFileURL(path.join(folder, 'noop.js')).href
  if (missing instanceof Error) missing.message += `\n${problem}`
  throw missing
}

function answerFile(name: string): string {
  return path.join(process.env['TMPDIR'] ?? '', `.package-${name.replace('/', '+')}`)
}

/** The host kills a process that waits for too long. */
function waitFor(file: string): { readonly folder?: string; readonly problem?: string } {
  const cell = new Int32Array(new SharedArrayBuffer(4))
  while (true) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as { folder?: string; problem?: string }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    Atomics.wait(cell, 0, 0, POLL_MS)
  }
}
