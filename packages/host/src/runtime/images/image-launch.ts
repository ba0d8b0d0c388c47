// How a prepared image is started as a process of this machine: the command's program is looked up where
// the image would have it, and paths of the image become paths below the folder that stands for its root.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, delimiter, join, posix } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import { TYPESCRIPT_FLAGS } from '../../process/typescript-flags.ts'
import { ImageVariables } from './image-variables.ts'
import type { PreparedImage } from './prepare-image.ts'
import { replaceVariables, splitCommands } from './shell-words.ts'

export interface ImageLaunch {
  readonly command: readonly string[]
  readonly cwd: string
  /** PATH and what the image's ENV says. */
  readonly environment: Readonly<Record<string, string>>
  /** Folders of this machine, and what they are in the image: what the server writes may name them. */
  readonly places: readonly (readonly [folder: string, inImage: string])[]
}

/** Variables of an image that are the host's to set. */
const OWN_VARIABLES: ReadonlySet<string> = new Set([
  'HOME',
  'HOST',
  'PORT',
  'TMPDIR',
  'VIRTUAL_ENV',
])

export function launchImage(image: PreparedImage, root: string, path: string): ImageLaunch {
  const { workdir, pythonEnvironment } = image
  const mapped = (text: string) => mapPath(text, root)
  const folders = [
    ...(pythonEnvironment === undefined ? [] : [join(pythonEnvironment, 'bin')]),
    ...(image.environment['PATH'] ?? '')
      .split(':')
      .filter((it) => mapped(it) !== it)
      .map(mapped),
    join(root, workdir, 'node_modules', '.bin'),
    ...path.split(delimiter),
  ]
  const variables = Object.entries(image.environment)
    .filter(([name]) => !OWN_VARIABLES.has(name) && name !== 'PATH')
    .map(([name, value]) => [name, value.split(':').map(mapped).join(':')])
  const environment: Readonly<Record<string, string>> = {
    ...Object.fromEntries(variables),
    ...(pythonEnvironment !== undefined && { VIRTUAL_ENV: pythonEnvironment }),
    PATH: folders.join(delimiter),
  }
  const cwd = join(root, workdir)
  const places = [
    [root, ''],
    ...(pythonEnvironment === undefined ? [] : [[pythonEnvironment, '.venv'] as const]),
  ] as const
  const words = wordsOf(image)
  if (words === undefined) {
    const text = image.command.kind === 'shell' ? image.command.text : ''
    return { command: ['/bin/sh', '-c', text], cwd, environment, places }
  }
  const command = resolveProgram(words.map(mapped), { image, cwd, folders })
  return { command, cwd, environment, places }
}

/** The words of the command; undefined for one that needs a shell. */
function wordsOf({ command, environment }: PreparedImage): readonly string[] | undefined {
  const budget = { where: "The image's command", characters: 0 }
  const variables = new ImageVariables(Object.entries(environment), budget)
  if (command.kind === 'exec') {
    const [program, flag, text] = command.words
    const isShell = /^(?:\/bin\/)?(?:ba)?sh$/.test(program ?? '') && flag === '-c'
    if (!isShell || text === undefined || command.words.length !== 3) return command.words
    return oneCommand(text, variables)
  }
  return oneCommand(command.text, variables)
}

/** PORT is known when the server is started, and not before. */
function oneCommand(
  text: string,
  variables: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  if (/\$\{?(?:PORT|HOST)\b/.test(text) && replaceVariables(text, variables) !== text)
    return undefined
  const commands = splitCommands(text.replace(/^exec\s+/, ''), variables)
  return commands?.length === 1 ? commands[0] : undefined
}

interface Surroundings {
  readonly image: PreparedImage
  readonly cwd: string
  readonly folders: readonly string[]
}

function resolveProgram(words: readonly string[], about: Surroundings): readonly string[] {
  const [program = '', ...args] = words
  const name = basename(program)
  const { image, cwd } = about
  const python = image.pythonEnvironment && join(image.pythonEnvironment, 'bin', 'python')
  if (name === 'tini' || name === 'dumb-init') return resolveProgram(withoutFlags(args), about)
  if (name === 'uv' && args[0] === 'run') return resolveProgram(withoutFlags(args.slice(1)), about)
  if (/\.(?:py)$/.test(name) && python !== undefined) return [python, program, ...args]
  if (/^python(?:3(?:\.\d+)?)?$/.test(name) && python !== undefined) return [python, ...args]
  if (name === 'node' || name === 'nodejs') {
    return [process.execPath, ...(args[0]?.endsWith('ts') ? TYPESCRIPT_FLAGS : []), ...args]
  }
  const file = findProgram(program, cwd, about.folders)
  if (file === undefined) {
    const message = `The program ${program} of the image's command is not there: the image's packages have none of that name, and this machine has none in PATH`
    throw new HostError('ERR_NOT_FOUND', message)
  }
  const first = firstLine(file)
  if (python !== undefined && /^#!.*\bpython/.test(first)) return [python, file, ...args]
  if (/^#!.*\bnode\b/.test(first)) return [process.execPath, file, ...args]
  if (/^#!\s*\/(?:usr\/)?bin\/(?:env\s+)?(?:ba)?sh\b/.test(first)) return ['/bin/sh', file, ...args]
  return [file, ...args]
}

/** Flags of `uv run` and of init programs, and what belongs to them. */
const WITH_VALUE = new Set([
  '--python',
  '-p',
  '--directory',
  '--project',
  '--group',
  '--extra',
  '--with',
  '--env-file',
])

function withoutFlags(args: readonly string[]): readonly string[] {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--') return args.slice(at + 1)
    if (word === '-m' || word === '--module') return ['python', '-m', ...args.slice(at + 1)]
    if (!word.startsWith('-')) return args.slice(at)
    if (WITH_VALUE.has(word)) at += 1
  }
  return []
}

function findProgram(program: string, cwd: string, folders: readonly string[]): string | undefined {
  if (program.includes('/')) {
    const file = posix.resolve(cwd, program)
    return isFile(file) ? file : undefined
  }
  return folders.map((folder) => join(folder, program)).find(isFile)
}

/** A path of the image that is there becomes one of this machine; any other text stays. */
function mapPath(text: string, root: string): string {
  if (!text.startsWith('/') || text === '/') return text
  const place = join(root, posix.normalize(text))
  return existsSync(place) ? place : text
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function firstLine(file: string): string {
  return readFileSync(file).subarray(0, 200).toString('latin1').split('\n', 1)[0] ?? ''
}
