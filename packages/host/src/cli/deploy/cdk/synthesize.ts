// Runs a CDK app the way the CDK's own command does (variables: cx-api, "cloud assembly protocol").
//
// The assembly goes into a folder of ours, not into the app's cdk.out: code bundled here is for this
// machine's Python and Node, and must not be taken for what goes to AWS.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { runToEnd } from '../../../process/run-to-end.ts'
import { cacheFolder } from './cache-folder.ts'

type Environment = Readonly<Record<string, string>>

export interface Synthesis {
  readonly dir: string
  readonly app: string
  readonly build: string | undefined
  readonly context: Readonly<Record<string, unknown>>
  /** Where what stands in no account of its own will be deployed. */
  readonly scope: Scope
  /** The environment of the app. */
  readonly env: Environment
  /** Stands in for Docker while assets are bundled. */
  readonly dockerCommand: string
  /** Told every line that the app writes. */
  readonly onLine: (line: string) => void
  /** Those lines can be read already; a failure does not repeat them. */
  readonly isOutputKept: boolean
  readonly signal: AbortSignal
}

/** Longer values do not fit into one variable (Linux: 128 KiB). */
const MAX_CONTEXT_BYTES = 100_000

/** Writes the app's assembly and returns its folder. */
export async function synthesize(synthesis: Synthesis): Promise<string> {
  const { dir, scope } = synthesis
  const outdir = await prepareFolder(dir)
  const context = {
    ...synthesis.context,
    'aws:cdk:enable-path-metadata': true, // the tree on the terminal is the tree of constructs
    'aws:cdk:enable-asset-metadata': true, // which resource has which code, for --watch
    'aws:cdk:disable-version-reporting': true,
    'aws:cdk:bundling-stacks': ['**'],
  }
  const text = JSON.stringify(context)
  const overflow = join(outdir, 'context.json')
  const isLong = Buffer.byteLength(text) > MAX_CONTEXT_BYTES
  if (isLong) await writeFile(overflow, text, { mode: 0o600 })
  const env: Environment = {
    NPM_CONFIG_UPDATE_NOTIFIER: 'false', // apps are often started by npx
    CDK_VALIDATION: 'false', // the host checks the template itself; the CDK's check takes two seconds
    NODE_COMPILE_CACHE: cacheFolder('v8'), // half a second of loading the CDK's library
    ...synthesis.env,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: isLong ? '{}' : text,
    ...(isLong && { CONTEXT_OVERFLOW_LOCATION_ENV: overflow }),
    CDK_DEFAULT_ACCOUNT: scope.accountId,
    CDK_DEFAULT_REGION: scope.region,
    CDK_CLI_VERSION: CLI_VERSION,
    CDK_CLI_ASM_VERSION: ASSEMBLY_VERSION,
    CDK_DOCKER: synthesis.dockerCommand,
  }
  if (synthesis.build !== undefined) await run(synthesis.build, synthesis, env)
  await run(await withInterpreter(synthesis.app, dir), synthesis, env)
  if (await exists(join(outdir, 'manifest.json'))) return outdir
  throw new HostError(
    'ERR_TARGET_FAILED',
    `The CDK app in ${dir} ended without writing an assembly; does it call app.synth()?`,
  )
}

/** What apps may ask for: the versions whose variables and manifests are the ones we know. */
const CLI_VERSION = '2.1100.0'
const ASSEMBLY_VERSION = '55.0.0'

/** Kept between runs: an asset that is bundled already is found there by the CDK itself. */
async function prepareFolder(dir: string): Promise<string> {
  const key = createHash('sha256').update(dir).digest('hex').slice(0, 12)
  const outdir = join(cacheFolder('cdk'), `${basename(dir)}-${key}`)
  await mkdir(outdir, { recursive: true, mode: 0o700 })
  await rm(join(outdir, 'manifest.json'), { force: true }) // what is left of an earlier run is not this one's
  return outdir
}

/** The CDK starts a lone script that is not executable with Node. */
async function withInterpreter(app: string, dir: string): Promise<string> {
  if (extname(app) !== '.js' || app.includes(' ')) return app
  const file = join(dir, app)
  const isFile = (await stat(file).catch(() => undefined))?.isFile() === true
  const runs = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
  return isFile && !runs ? `"${process.execPath}" "${file}"` : app
}

const LIMIT_MS = 60 * 60_000
const SHOWN_LINES = 60

/** cdk.json is written for a shell. */
async function run(command: string, synthesis: Synthesis, env: Environment): Promise<void> {
  const { dir, onLine, signal } = synthesis
  const { exit, lines } = await runToEnd(
    { file: '/bin/sh', args: ['-c', command], env, cwd: dir },
    { limitMs: LIMIT_MS, onLine, signal },
  )
  if (exit.exitCode === 0) return
  signal.throwIfAborted()
  const told = validationErrors(lines) ?? (synthesis.isOutputKept ? [] : lines.slice(-SHOWN_LINES))
  const what = `The CDK app failed (${command})`
  const message =
    told.length > 0 ? `${what}:\n${told.join('\n')}` : `${what}; above is what it said`
  throw new HostError('ERR_TARGET_FAILED', message)
}

/** What constructs say of themselves (`node.addValidation`), without the library's stack trace around it. */
function validationErrors(lines: readonly string[]): readonly string[] | undefined {
  const heading = lines.findLastIndex((it) => it.includes(VALIDATION_FAILED))
  if (heading === -1) return undefined
  const after = lines.slice(heading + 1)
  const end = after.findIndex((it) => /^\s+(?:at |\.\.\.)|^Node\.js v/.test(it))
  return end === -1 ? after : after.slice(0, end)
}

/** The CDK's own words (aws-cdk-lib, core/lib/private/synthesis). */
const VALIDATION_FAILED = 'Validation failed with the following errors:'

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
