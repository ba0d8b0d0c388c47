// Which installations give the same in every image: packages of a registry, by their names. Whatever may be
// a file of the image (a folder, an archive, another list) makes the environment the image's own.
import type { PythonInstall } from './image-plan.ts'

const PLAIN_FLAGS: ReadonlySet<string> = new Set(['-U', '--upgrade', '-q', '--quiet', '--no-deps'])
const LIST_FLAGS: ReadonlySet<string> = new Set(['-r', '--requirement'])
const MAX_REQUIREMENT = 1_000
/** Without white space around its signs: `name[extras]==1,<2`. */
const REQUIREMENT = /^[A-Za-z0-9][\w.-]*(?:\[[\w.,-]*\])?(?:(?:===|[<>=!~]=|[<>])[\w.*+!-]+,?)*$/
const MARKER = /^[\w\s.'"<>=!~()-]*$/
/** pip takes a name that ends so for a file. */
const ARCHIVE = /\.(?:whl|egg|zip|tar|tgz|tbz2?|txz|tlz|gz|bz2|xz|lz|lzma)(?:\[|$)/i
const SYNC_FLAGS: ReadonlySet<string> = new Set([
  '--frozen',
  '--locked',
  '--no-dev',
  '--no-editable',
  '--no-install-project',
])

/** `readList` gives the text of a file of the image. */
export async function isSharedInstall(
  { tool, args }: PythonInstall,
  readList: (name: string) => Promise<string | undefined>,
): Promise<boolean> {
  if (tool === 'uv sync') {
    const isPlain = args.includes('--no-install-project') && args.every((it) => SYNC_FLAGS.has(it))
    return isPlain && isPlainLock(await readList('uv.lock'))
  }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (LIST_FLAGS.has(word)) {
      const text = await readList(args[++at] ?? '')
      if (text === undefined || !isPlainList(text)) return false
    } else if (!PLAIN_FLAGS.has(word) && !isPlainRequirement(word)) return false
  }
  return true
}

function isPlainList(text: string): boolean {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)
  return lines
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').replaceAll(/\s--hash=\w+:[\da-f]+/g, ''))
    .every((line) => line.trim() === '' || isPlainRequirement(line))
}

function isPlainRequirement(text: string): boolean {
  const [written = '', marker = '', ...more] = text.split(';')
  if (text.length > MAX_REQUIREMENT || more.length > 0) return false
  const requirement = written.trim().replaceAll(/\s*([[\],<>=!~]+)\s*/g, '$1')
  if (ARCHIVE.test(requirement)) return false
  return REQUIREMENT.test(requirement) && MARKER.test(marker)
}

/** All of it from registries; the project itself is named, and is not installed. */
function isPlainLock(text: string | undefined): boolean {
  if (text === undefined) return false
  const packages = text.match(/^\[\[package\]\]/gm) ?? []
  const sources = text.match(/^source = .*$/gm) ?? []
  const isPlain = /^source = \{\s*(?:registry = "https?:|(?:virtual|editable) = "\.")/
  return sources.length === packages.length && sources.every((source) => isPlain.test(source))
}
