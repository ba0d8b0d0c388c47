// Finds a handler as the official client does (aws/aws-lambda-nodejs-runtime-interface-client), and
// also in TypeScript files, which Node runs by itself.
import type { InvocationContext } from './node-function-context.ts'
import { RuntimeError } from './node-function-error.ts'
import type * as Packages from './node-function-packages.ts'

export type Callback = (error?: unknown, result?: unknown) => void

export interface Handler {
  (event: unknown, context: InvocationContext, callback: Callback): unknown
  /** What a handler made by `defineServer` says of its tools. */
  readonly describeTools?: () => unknown
}

const { statSync } = process.getBuiltinModule('node:fs')
const path = process.getBuiltinModule('node:path')
const { createRequire, registerHooks } = process.getBuiltinModule('node:module')
const { pathToFileURL } = process.getBuiltinModule('node:url')

/** Tried after the file without an extension; the last two are ours. */
const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts']

/** What `createRequire` of a folder calls itself. */
const ASKED_BY_US = /\nRequire stack:\n- .*noop\.js/

/** The AWS SDK for JavaScript, which Lambda brings along. */
const PROVIDED = /^(@(?:aws-sdk|smithy)\/[^/]+)(?:\/|$)/

/**
 * From here on code that lacks the AWS SDK gets the host's; what is installed always wins. Before Node
 * 22.15 there is no such hook, and the code has to bring it.
 */
export function provideSdk(): void {
  registerHooks?.({
    resolve(specifier, context, next) {
      if (specifier[0] !== '@') return next(specifier, context)
      try {
        return next(specifier, context)
      } catch (error) {
        const name = PROVIDED.exec(specifier)?.[1]
        if (name === undefined) throw error
        const { locatePackage } = loadRarely('node-function-packages') as typeof Packages
        const parentURL = locatePackage(name, error)
        // A CommonJS resolution knows its parent already.
        return context.conditions.includes('require')
          ? next(createRequire(parentURL).resolve(specifier), context)
          : next(specifier, { ...context, parentURL })
      }
    },
  })
}

/** A module of this folder that few need, loaded by whoever does: cold starts do not pay for it. */
export function loadRarely(name: string): unknown {
  const extension = path.extname(import.meta.filename) // as source or as built
  return createRequire(import.meta.url)(`./${name}${extension}`)
}

/** Loads `dir/module.export.nested` from the task root. */
export async function loadHandler(taskRoot: string, name: string): Promise<Handler> {
  if (name.includes('..')) {
    throw new RuntimeError(
      'MalformedHandlerName',
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const file = path.basename(name)
  const folder = name.slice(0, name.lastIndexOf(file))
  const [, module, exported] = /^([^.]*)\.(.*)$/.exec(file) ?? []
  if (module === undefined || exported === undefined) {
    throw new RuntimeError('MalformedHandlerName', `Bad handler '${name}': write module.export`)
  }
  const loaded = await loadModule(taskRoot, folder, module)
  const found = findExport(loaded, exported) ?? findExport(defaultOf(loaded), exported)
  if (found === undefined) {
    throw new RuntimeError('HandlerNotFound', `${name} is undefined or not exported`)
  }
  if (typeof found !== 'function') {
    throw new RuntimeError('HandlerNotFound', `${name} is not a function`)
  }
  return found as Handler
}

async function loadModule(taskRoot: string, folder: string, module: string): Promise<unknown> {
  const base = path.resolve(taskRoot, folder, module)
  const require = createRequire(`${taskRoot}/`)
  try {
    if (isFile(base)) return require(base)
    const extension = EXTENSIONS.find((it) => isFile(base + it))
    if (extension !== undefined) return await importFile(base + extension)
    return require(require.resolve(module, { paths: [taskRoot, path.resolve(taskRoot, folder)] }))
  } catch (error) {
    throw explain(error)
  }
}

async function importFile(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (error instanceof SyntaxError && error.stack?.startsWith('SyntaxError')) {
      error.stack = `${placeOf(file)}\n${error.stack}`
    }
    throw error
  }
}

/** Node knows where an ES module's syntax is wrong and says so only when it checks the file itself. */
function placeOf(file: string): string {
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', env: {} })
  return stderr.split('\n\n')[0] ?? ''
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (error instanceof SyntaxError || code.endsWith('TYPESCRIPT_SYNTAX')) {
    return new RuntimeError('UserCodeSyntaxError', `SyntaxError: ${error.message}`, error)
  }
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    error.message = error.message.replace(ASKED_BY_US, '')
    error.stack = error.stack?.replace(ASKED_BY_US, '') ?? ''
    return new RuntimeError('ImportModuleError', `Error: ${error.message}`, error)
  }
  return error
}

function findExport(module: unknown, exported: string): unknown {
  let value = module
  for (const key of exported.split('.')) {
    if (value === undefined || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** A CommonJS module that was imported has all its exports here, and only some beside it. */
function defaultOf(module: unknown): unknown {
  return findExport(module, 'default')
}
