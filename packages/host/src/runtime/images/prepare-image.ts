// Does what a plan says: files where the image would have them, below a folder that stands for its root;
// packages in an environment beside it. What is left is how the server is started from there.
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unpackZip } from '../../code/unpack-zip.ts'
import type { ImageBuild } from '../../code/image-builds.ts'
import { HostError } from '../../kernel/host-error.ts'
import { runToEnd } from '../../process/run-to-end.ts'
import { listBuildFolder } from './build-folder.ts'
import { copyFromFolder, copyFromStage } from './copy-files.ts'
import type { ImageCommand, ImagePlan, PythonInstall } from './image-plan.ts'
import { findDockerfile } from './find-dockerfile.ts'
import { planImage } from './plan-image.ts'
import { makePythonEnvironment } from './python-environment.ts'
import { readSmallFile } from './read-small-file.ts'

/** How an image is started, as it stands beside its files. */
export interface PreparedImage {
  readonly language: 'python' | 'node' | 'none'
  readonly command: ImageCommand
  readonly workdir: string
  readonly environment: Readonly<Record<string, string>>
  /** The virtual environment of its packages. */
  readonly pythonEnvironment?: string
}

export interface PrepareOptions {
  /** The image's own folder, which is there afterwards, or not at all. */
  readonly dir: string
  readonly key: string
  readonly environmentsDir: string
  readonly installerEnvironment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** AgentCore quotas: a container image. */
const LIMITS = { maxZipBytes: 1_000_000_000, maxUnpackedBytes: 2_000_000_000 }
const NPM_MS = 15 * 60_000
const SCRIPTS: ReadonlySet<string> = new Set(['run', 'run-script', 'rebuild'])
const KEPT_LINES = 15
const MAX_DOCKERFILE_BYTES = 256 * 1024

export async function prepareImage(build: ImageBuild, options: PrepareOptions): Promise<void> {
  const { dir } = options
  await rm(dir, { recursive: true, force: true })
  const context = join(dir, 'context')
  try {
    await mkdir(context, { recursive: true, mode: 0o700 })
    await unpackZip({ path: build.zip }, context, LIMITS)
    const dockerfile = await readDockerfile(context, build.dockerfile)
    const { buildArgs, target } = build
    const plan = planImage(dockerfile, { buildArgs, target })
    const image = await carryOut(plan, await listBuildFolder(context, build.dockerfile), options)
    await rm(context, { recursive: true, force: true })
    await rm(join(dir, 'home'), { recursive: true, force: true })
    const file = join(dir, IMAGE_FILE)
    await writeFile(`${file}.partial`, JSON.stringify(image), { mode: 0o600 })
    await rename(`${file}.partial`, file) // last: with it the image is whole
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
}

const IMAGE_FILE = 'image.json'

/** The image in `dir`, if it was prepared whole. */
export async function readPreparedImage(dir: string): Promise<PreparedImage | undefined> {
  const text = await readFile(join(dir, IMAGE_FILE), 'utf8').catch(() => undefined) // it is not there
  return text === undefined ? undefined : (JSON.parse(text) as PreparedImage)
}

/** The folder that stands for `/`. */
export function rootOf(dir: string): string {
  return join(dir, 'root')
}

async function readDockerfile(context: string, name: string): Promise<string> {
  const text = await readSmallFile(findDockerfile(context, name), MAX_DOCKERFILE_BYTES)
  if (text !== undefined) return text
  throw new HostError('ERR_NOT_FOUND', `${name} is not in the build folder`)
}

async function carryOut(
  { stages }: ImagePlan,
  files: readonly string[],
  options: PrepareOptions,
): Promise<PreparedImage> {
  const { dir } = options
  const last = stages.length - 1
  const stage = stages[last]
  if (stage?.command === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'The Dockerfile has neither CMD nor ENTRYPOINT')
  }
  const rootAt = (index: number) => (index === last ? rootOf(dir) : join(dir, `stage-${index}`))
  const installs: PythonInstall[] = []
  for (const [index, { actions, parent }] of stages.entries()) {
    const root = rootAt(index)
    await mkdir(root, { recursive: true, mode: 0o700 })
    if (parent !== undefined) {
      await copyFromStage(everything, { from: rootAt(parent), root })
    }
    for (const action of actions) {
      if (action.kind === 'folder') await mkdir(join(root, action.path), { recursive: true })
      else if (action.kind === 'npm') await runNpm(action, root, options)
      else if (action.kind === 'python') installs.push(action)
      else if (action.from === undefined) {
        await copyFromFolder(action, { dir: join(dir, 'context'), files, root })
      } else {
        const isWhole = await copyFromStage(action, { from: rootAt(action.from), root })
        // Packages are not below the root: all stages have the same ones.
        if (!isWhole && installs.length === 0) throw missing(action.line, action.sources)
      }
    }
  }
  const { base, workdir, environment, command } = stage
  const root = rootOf(dir)
  // Installations are done in the stages' files as they are in the end.
  const places = new Map(
    stages.flatMap((it, index) => it.actions.map((action) => [action, index] as const)),
  )
  const language = installs.length > 0 ? 'python' : base.language
  const version = stages.map((it) => (it.base.language === 'python' ? it.base.version : undefined))
  const pythonEnvironment =
    language === 'python'
      ? await makePythonEnvironment({
          version: version.findLast((it) => it !== undefined),
          installs: installs.map((install) => ({
            install,
            root: rootAt(places.get(install) ?? last),
          })),
          imageKey: options.key,
          dir: options.environmentsDir,
          installerEnvironment: options.installerEnvironment,
          signal: options.signal,
        })
      : undefined
  if (pythonEnvironment !== undefined) await linkEnvironment(join(root, workdir), pythonEnvironment)
  for (let index = 0; index < last; index++)
    await rm(rootAt(index), { recursive: true, force: true })
  return {
    language,
    command,
    workdir,
    environment: Object.fromEntries(environment),
    ...(pythonEnvironment !== undefined && { pythonEnvironment }),
  }
}

const everything = {
  kind: 'copy',
  line: 0,
  sources: ['/'],
  destination: '/',
  isInto: false,
  from: undefined,
} as const

/** uv's projects have their environment in `.venv`, and commands name it there. */
async function linkEnvironment(workdir: string, environment: string): Promise<void> {
  await mkdir(dirname(join(workdir, '.venv')), { recursive: true })
  await symlink(environment, join(workdir, '.venv')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error // the build folder brought one
  })
}

async function runNpm(
  {
    args,
    workdir,
    environment,
    line,
  }: Extract<ImagePlan['stages'][number]['actions'][number], { kind: 'npm' }>,
  root: string,
  { dir, installerEnvironment, signal }: PrepareOptions,
): Promise<void> {
  // The image's scripts are nobody's who may know the tokens of the operator's registries.
  const isScript = SCRIPTS.has(args[0] ?? '')
  const own = { PATH: installerEnvironment['PATH'] ?? '', HOME: join(dir, 'home') }
  await mkdir(own.HOME, { recursive: true, mode: 0o700 })
  const env = { ...Object.fromEntries(environment), ...(isScript ? own : installerEnvironment) }
  const { exit, lines } = await runToEnd(
    { file: 'npm', args: [...args], env, cwd: join(root, workdir) },
    { limitMs: NPM_MS, signal },
  )
  signal.throwIfAborted()
  if (exit.exitCode === 0) return
  const reason = lines.slice(-KEPT_LINES).join('\n')
  const message = `Dockerfile line ${line}: npm ${args.join(' ')} failed:\n${reason}`
  throw new HostError('ERR_TARGET_FAILED', message)
}

function missing(line: number, sources: readonly string[]): HostError {
  const message = `Dockerfile line ${line}: the other stage has no ${sources.join(', ')} here; start Docker (or podman, nerdctl), or deploy the code directly (codeConfiguration)`
  return new HostError('ERR_NOT_SUPPORTED', message)
}
