// Reads a Dockerfile (Dockerfile reference, docs.docker.com): instructions with their lines, words not
// yet replaced. What is missing: heredocs and ONBUILD, which are refused where they stand.
import { HostError } from '../../kernel/host-error.ts'

export interface Instruction {
  /** Where it begins, from 1. */
  readonly line: number
  /** In upper case: `FROM`, `RUN`. */
  readonly name: string
  /** `--from=builder` is `from`, `builder`; a flag without a value has an empty one. */
  readonly flags: readonly (readonly [name: string, value: string])[]
  /** What follows, continued lines joined. */
  readonly text: string
  /** The exec form, `["program", "argument"]`, when it is that. */
  readonly exec: readonly string[] | undefined
}

/** As much as anybody writes by hand. */
const MAX_BYTES = 256 * 1024
const MAX_INSTRUCTIONS = 1_000
const FLAGGED: ReadonlySet<string> = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN'])

export function readDockerfile(text: string): readonly Instruction[] {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new HostError('ERR_LIMIT_EXCEEDED', `A Dockerfile may have ${MAX_BYTES} bytes`)
  }
  const instructions = joinLines(text).map(({ line, content }) => readInstruction(line, content))
  if (instructions.length <= MAX_INSTRUCTIONS) return instructions
  throw new HostError(
    'ERR_LIMIT_EXCEEDED',
    `A Dockerfile may have ${MAX_INSTRUCTIONS} instructions`,
  )
}

/** Continued lines become one; comments and empty lines go, also between continued ones. */
function joinLines(text: string) {
  const escape = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 200)) ? '`' : '\\'
  const joined: { line: number; content: string }[] = []
  let open: { line: number; content: string } | undefined
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.trim()
    if (content === '' || content.startsWith('#')) continue
    const isContinued = content.endsWith(escape)
    const part = isContinued ? content.slice(0, -1) : content
    if (open === undefined) open = { line: index + 1, content: part }
    else open.content += ` ${part.trim()}`
    if (isContinued) continue
    joined.push(open)
    open = undefined
  }
  if (open !== undefined) joined.push(open)
  return joined
}

function readInstruction(line: number, content: string): Instruction {
  const [word = ''] = content.split(/\s/, 1)
  const name = word.toUpperCase()
  const after = content.slice(word.length).trim()
  const { flags, rest } = FLAGGED.has(name) ? readFlags(after) : { flags: [], rest: after }
  return { line, name, flags, text: rest, exec: readExec(rest) }
}

function readFlags(text: string) {
  const flags: [string, string][] = []
  let rest = text
  while (rest.startsWith('--')) {
    const [flag = ''] = rest.split(/\s/, 1)
    const at = flag.indexOf('=')
    flags.push(at < 0 ? [flag.slice(2), ''] : [flag.slice(2, at), flag.slice(at + 1)])
    rest = rest.slice(flag.length).trim()
  }
  return { flags, rest }
}

function readExec(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const words: unknown = JSON.parse(text)
    const isList = Array.isArray(words) && words.every((word) => typeof word === 'string')
    return isList ? words : undefined
  } catch {
    return undefined // then it is the shell's, as with Docker
  }
}
