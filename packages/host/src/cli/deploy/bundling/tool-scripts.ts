import { access, chmod, constants, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { KnownImage } from './image-language.ts'

export interface ToolFolder {
  readonly image: KnownImage
  /** What will be run, to see which tools it names. */
  readonly command: string
  /** Where the scripts go. */
  readonly folder: string
  /** Where tools are kept. */
  readonly cacheDir: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
}

/** Whether a shell command calls a program. */
export function names(command: string, program: string): boolean {
  return new RegExp(String.raw`(?:^|[\s;&|("'])${program}(?=["']?(?:\s|$))`).test(command)
}

export async function writeScript(file: string, body: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${body}\n`)
  await chmod(file, 0o755)
}

/** The program of that name in PATH. */
export async function findProgram(name: string, path = ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((it) => it !== '')) {
    const file = join(folder, name)
    if (await exists(file, constants.X_OK)) return file
  }
  return undefined
}

export async function exists(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
