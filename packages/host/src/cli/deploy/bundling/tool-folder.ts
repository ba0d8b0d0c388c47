// The programs that a bundling image would have, as small scripts in a folder that goes before PATH: each
// starts what this machine has, and what it has not is installed once, when it is first asked for.
import { mkdir } from 'node:fs/promises'
import { findPython } from '../../../process/python-packages.ts'
import { writeNodeTools } from './node-tools.ts'
import { writePythonTools } from './python-tools.ts'
import type { ToolFolder } from './tool-scripts.ts'

/** What stands in for the image's interpreter. */
export interface Interpreter {
  /** Its version, for the key of a cached result. */
  readonly version: string
  /** The path of a Python. */
  readonly python?: string
}

/** Writes the scripts, and says what they start. */
export async function writeTools(tools: ToolFolder): Promise<Interpreter> {
  await mkdir(tools.folder, { recursive: true })
  const { language } = tools.image
  if (language.language === 'node') {
    await writeNodeTools(tools)
    return { version: `node ${process.version}` }
  }
  const path = tools.env['PATH'] ?? ''
  const { path: python, version } = await findPython(language.asked, path)
  await writePythonTools(tools, python, language.asked)
  return { version: `python ${version}`, python }
}
