// The packages as they are published: built, packed, and installed into an empty folder beside the
// oldest Node that they are published for.
import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const OLDEST_NODE = '22.13.1'
/** Building, packing and a first installation take their time. */
export const PACKED_LIMIT_MS = 240_000

/** Undefined, or why the packages could not be installed here. */
export async function installPacked(
  folder: string,
  names: readonly string[],
  others: readonly string[],
): Promise<string | undefined> {
  const built = join(folder, 'built')
  await run(process.execPath, [join(ROOT, 'scripts/build-packages.ts'), built, ...names])
  await mkdir(join(folder, 'packed'))
  for (const name of names) {
    const cwd = join(built, name)
    await run('npm', ['pack', '--pack-destination', join(folder, 'packed')], { cwd })
  }
  await rm(built, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await cp(join(ROOT, 'examples/greet/server.ts'), join(folder, 'server.ts'))
  const packed = (await readdir(join(folder, 'packed'))).map((file) => `./packed/${file}`)
  try {
    const args = ['install', '--no-audit', '--no-fund', ...packed, `node@${OLDEST_NODE}`, ...others]
    await run('npm', args, { cwd: folder })
    return undefined
  } catch (error) {
    const { stderr } = error as { stderr: string }
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(stderr)) {
      return 'the npm registry cannot be reached'
    }
    throw error
  }
}
