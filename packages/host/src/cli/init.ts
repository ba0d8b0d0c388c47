import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError } from '../kernel/host-error.ts'

const TEMPLATE = fileURLToPath(new URL('../../templates/init/', import.meta.url))

/** `catamaran init`: writes the template; files that are there already are never touched. */
export async function init(dir: string): Promise<void> {
  const target = resolve(dir)
  await mkdir(target, { recursive: true })
  const files = (await readdir(TEMPLATE)).map(publishedName)
  const present = files.filter((file) => existsSync(join(target, file)))
  if (present.length > 0) {
    throw new HostError(
      'ERR_CONFLICT',
      `${dir} already has ${present.join(', ')}; choose another folder: catamaran init my-tools`,
    )
  }
  await cp(TEMPLATE, target, { recursive: true })
  const hidden = join(target, 'gitignore')
  if (existsSync(hidden)) await rename(hidden, join(target, '.gitignore'))
  for (const file of ['package.json', 'README.md', 'server.ts'])
    await fillIn(join(target, file), basename(target))
  const here = relative(process.cwd(), target)
  process.stdout.write(
    `Wrote ${files.join(', ')}\n\n${here === '' ? '' : `  cd ${here}\n`}  npx catamaran up\n\n`,
  )
}

/** npm leaves a `.gitignore` out of packages, so the template spells it without the dot. */
function publishedName(file: string): string {
  return file === 'gitignore' ? '.gitignore' : file
}

async function fillIn(file: string, name: string): Promise<void> {
  const packageName = name.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || 'tools'
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replaceAll('{{name}}', packageName))
}
