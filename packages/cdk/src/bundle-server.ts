// A `defineServer` file and everything it imports, in one file of JavaScript: what a Lambda function and
// a directly deployed agent runtime take. esbuild does it in this process's machine; no Docker is asked.
import { buildSync, type BuildFailure, type Message } from 'esbuild'
import { existsSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve, sep } from 'node:path'

/** How the bundle is started: called by Lambda, or a process of its own. */
export type BundleKind = 'function' | 'process'

export interface BundleOptions {
  /** The file whose default export is the server. */
  readonly entry: string
  readonly kind: BundleKind
  /** Whether variables are read from Secrets Manager before the file is loaded. */
  readonly hasSecrets: boolean
}

/** Where what `BundleOptions.kind` says is found in the bundle. */
export const FUNCTION_HANDLER = 'index.handler'
export const PROCESS_ENTRY_POINT = 'index.js'

/** `import` says where; the message says what, and what can be done. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/**
 * Writes the bundle into `folder`, byte for byte the same for the same sources, and returns the author's
 * own files that went into it.
 */
export function bundleServer(
  { entry, kind, hasSecrets }: BundleOptions,
  folder: string,
): readonly string[] {
  const file = resolve(entry)
  try {
    const { metafile } = buildSync({
      stdin: {
        contents: writeStart(`./${basename(file)}`, kind, hasSecrets),
        resolveDir: dirname(file),
        sourcefile: `${kind}.ts`,
        loader: 'ts',
      },
      // Paths in the output are relative to it: a checkout elsewhere gives the same asset.
      absWorkingDir: dirname(file),
      outfile: join(folder, 'index.js'),
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'esm',
      // CommonJS packages inside an ES module still ask for these.
      banner: { js: REQUIRE },
      inject: [bundledFile('commonjs-names')],
      logLevel: 'silent',
      metafile: true,
    })
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
    return Object.keys(metafile.inputs)
      .map((input) => resolve(dirname(file), input))
      .filter((input) => existsSync(input) && !isForeign(input))
  } catch (error) {
    throw new BundleError(describeFailure(file, error), { cause: error })
  }
}

/** Installed packages, and what this package adds. */
function isForeign(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`) || file.startsWith(BUNDLED)
}

/** Called by what esbuild makes of `require`; a name that it never gives to anything else. */
const REQUIRE = [
  "import { createRequire as __createRequire } from 'node:module'",
  'const require = __createRequire(import.meta.url)',
].join('\n')

function writeStart(server: string, kind: BundleKind, hasSecrets: boolean): string {
  const name = JSON.stringify(server)
  const load = hasSecrets
    ? `import { loadSecrets } from ${JSON.stringify(SECRET_LOADER)}
${kind === 'function' ? LOAD_FOR_FUNCTION : LOAD_FOR_PROCESS}
const { default: server } = await import(${name})`
    : `import server from ${name}`
  return `${load}\n${kind === 'function' ? START_FUNCTION : START_PROCESS}`
}

const BUNDLED = join(import.meta.dirname, 'bundled')
const SECRET_LOADER = bundledFile('load-secrets')

/** In whichever of its two forms we run. */
function bundledFile(name: string): string {
  return join(BUNDLED, `${name}${extname(import.meta.filename)}`)
}

/** Lambda shows the error of an initialisation. */
const LOAD_FOR_FUNCTION = 'await loadSecrets()'

/** One line in the logs that says which, instead of all that the SDK knows about its answer. */
const LOAD_FOR_PROCESS = `await loadSecrets().catch((error) => {
  process.stderr.write(error.message + '\\n')
  process.exit(1)
})`

const START_FUNCTION = `export const handler = server.handler
export default server`

/** AgentCore Runtime expects MCP servers on port 8000 of every address (developer guide, MCP contract). */
const START_PROCESS = `import { serve } from '@catamaran/tools/serve'
const serving = await serve(server, { host: '0.0.0.0', port: 8000 })
const stop = () => void serving.close().then(() => process.exit())
process.once('SIGTERM', stop)
process.once('SIGINT', stop)`

function describeFailure(file: string, error: unknown): string {
  const errors: readonly Message[] =
    error instanceof Error && 'errors' in error ? (error as BuildFailure).errors : []
  if (errors.length === 0) return `${file} cannot be bundled: ${String(error)}`
  const lines = errors.map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}: ${text}${hint(text)}`,
  )
  return `${file} cannot be bundled:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

function hint(text: string): string {
  if (/^No matching export in .* for import "default"/.test(text)) {
    return ' (its default export has to be a server: `export default defineServer({ … })`)'
  }
  return text.includes('No loader is configured for ".node"')
    ? ' (native modules cannot be bundled; deploy a container instead)'
    : ''
}
