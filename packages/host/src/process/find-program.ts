import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'

/** The first executable of that name in a PATH. */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(':')) {
    const file = join(folder, name)
    if (folder !== '' && (await isExecutable(file))) return file
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
