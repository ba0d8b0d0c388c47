import { readFile, writeFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'

/** What an image is there for, as far as this machine can stand in for it. */
export type ImageLanguage =
  | { readonly language: 'python'; /** `python3.13` */ readonly asked: string | undefined }
  | { readonly language: 'node' }

/** Tools that a Dockerfile installs, and the version it wants: `esbuild` → `0.21`. */
export type ToolVersions = Readonly<Record<string, string>>

export interface KnownImage {
  readonly language: ImageLanguage
  readonly tools: ToolVersions
}

/**
 * The bundling images of Lambda (`public.ecr.aws/sam/build-python3.13`), its base images, and the
 * official ones of Python, Node and uv, wherever they are mirrored.
 */
export function languageOf(image: string): ImageLanguage | undefined {
  const [, name = '', tag = ''] = /(?:^|\/)([\w.-]+)(?::([\w.-]+))?(?:@.*)?$/.exec(image) ?? []
  const [, sam] = /^build-python(3\.\d+)$/.exec(name) ?? []
  if (sam !== undefined) return { language: 'python', asked: `python${sam}` }
  if (/^build-nodejs\d+/.test(name)) return { language: 'node' }
  if (name === 'python' || name === 'uv') {
    const [, version] = /(?:^|python)(3\.\d+)/.exec(tag) ?? []
    return { language: 'python', asked: version === undefined ? undefined : `python${version}` }
  }
  if (['node', 'nodejs', 'bun'].includes(name)) return { language: 'node' }
  return undefined
}

/** Reads what a Dockerfile of a bundling image starts from and installs; its other steps are left out. */
export async function readBuiltImage(
  file: string,
  buildArgs: Readonly<Record<string, string>>,
): Promise<KnownImage | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HostError('ERR_NOT_FOUND', `${file} cannot be read`, { cause })
  })
  const values = new Map<string, string>()
  let language: ImageLanguage | undefined
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [, argument, fallback = ''] = /^\s*ARG\s+(\w+)(?:=(\S*))?/i.exec(line) ?? []
    if (argument !== undefined) values.set(argument, buildArgs[argument] ?? unquote(fallback))
    const [, from] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)/i.exec(line) ?? []
    if (from !== undefined) language = languageOf(fill(from, values)) ?? language
  }
  return language === undefined ? undefined : { language, tools: toolsIn(fill(text, values)) }
}

const TOOL = /\b(esbuild|pnpm|yarn|bun|typescript|uv|poetry|pipenv)(?:@|==)([\w.-]+)/g

function toolsIn(text: string): ToolVersions {
  return Object.fromEntries(Array.from(text.matchAll(TOOL), ([, name = '', it = '']) => [name, it]))
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
    (all: string, braced, fallback, plain) => {
      const name = String(braced ?? plain)
      return values.get(name) ?? (fallback === undefined ? all : String(fallback))
    },
  )
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2')
}

/** Images that were "built" before: one small file for each. */
export function builtImages(folder: string) {
  const fileOf = (tag: string) => join(folder, `${tag.replaceAll(/[^\w.-]/g, '_')}.json`)
  return {
    async find(tag: string): Promise<KnownImage | undefined> {
      const text = await readFile(fileOf(tag), 'utf8').catch(() => undefined)
      return text === undefined ? undefined : (JSON.parse(text) as KnownImage)
    },
    async add(tag: string, image: KnownImage): Promise<void> {
      await mkdir(folder, { recursive: true })
      await writeFile(fileOf(tag), JSON.stringify(image))
    },
  }
}
