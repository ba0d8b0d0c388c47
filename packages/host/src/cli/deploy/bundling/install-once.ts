import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { withLockFile } from '../../../process/lock-file.ts'
import { runInGroup } from './run-in-group.ts'
import { exists, type ToolFolder } from './tool-scripts.ts'

const INSTALL_LIMIT_MS = 10 * 60_000

/** The folder appears whole or not at all, also when two apps want the same tool at once. */
export async function installOnce(
  name: string,
  { cacheDir, env, onLine }: ToolFolder,
  command: (into: string) => readonly string[],
): Promise<string> {
  const target = join(cacheDir, name.replaceAll(/[^\w.=-]/g, '_'))
  if (await exists(join(target, READY))) return target
  await mkdir(cacheDir, { recursive: true })
  await withLockFile(`${target}.lock`, async () => {
    if (await exists(join(target, READY))) return
    await rm(target, { recursive: true, force: true })
    await mkdir(target)
    onLine(`Installing ${name}`)
    const [file = '', ...args] = command(target)
    const { exit, lines } = await runInGroup(
      { file, args, env, cwd: cacheDir },
      { limitMs: INSTALL_LIMIT_MS },
    )
    if (exit.exitCode !== 0) {
      const last = lines.slice(-15).join('\n')
      throw new HostError('ERR_TARGET_FAILED', `${name} cannot be installed:\n${last}`)
    }
    const ready = join(target, `${READY}.${randomUUID()}`)
    await writeFile(ready, '')
    await rename(ready, join(target, READY))
  })
  return target
}

/** Virtual environments know their own path, so the folder cannot be moved into place afterwards. */
const READY = '.catamaran-ready'
