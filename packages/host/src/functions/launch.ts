import { access, constants } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { TYPESCRIPT_FLAGS } from '../process/typescript-flags.ts'
import { environmentVariables } from './environment-variables.ts'
import { configuredArn, type FunctionConfiguration } from './function-configuration.ts'
import { heapLimitMb } from './memory.ts'
import { runtimeFile, RUNTIMES_DIR } from '../process/child-files.ts'
import { binPath, libraryPath, nodePath, pythonPath } from './search-paths.ts'

/** How the environments of a function are started. */
export interface Launch {
  /** How host and process talk: over pipes of our own, or over the Lambda Runtime API. */
  readonly lane: 'pipes' | 'runtime-api'
  readonly file: string
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  /** For the log: what really runs. */
  readonly description: string
}

/** Finds what runs a function. `path` is where interpreters and programs are looked for. */
export async function planLaunch(
  configuration: FunctionConfiguration,
  path: string,
): Promise<Launch> {
  const { runtime, functionName } = configuration
  const [family = '', version = ''] = splitRuntime(runtime)
  if (family === 'nodejs') return launchNode(configuration, version, path)
  if (family === 'python') return launchPython(configuration, path)
  if (family === 'provided') return launchBootstrap(configuration, path)
  throw unsupportedRuntime(functionName, runtime)
}

/** Refuses a runtime that nothing here runs. */
export function checkRuntime(functionName: string, runtime: string): void {
  if (splitRuntime(runtime).length === 0) throw unsupportedRuntime(functionName, runtime)
}

function unsupportedRuntime(functionName: string, runtime: string): HostError {
  return new HostError(
    'ERR_NOT_SUPPORTED',
    `Function ${functionName} names the runtime ${runtime}; nodejs*.x, python3.* and provided.* are run here, and anything else as a bootstrap with provided.al2023`,
  )
}

function splitRuntime(runtime: string): readonly string[] {
  return (
    /^(nodejs)(\d+)\.x$|^(python)(3\.\d+)$|^(provided)(?:\.\w+)?$/
      .exec(runtime)
      ?.slice(1)
      .filter((part) => part !== undefined) ?? []
  )
}

function launchNode(configuration: FunctionConfiguration, major: string, path: string): Launch {
  const { memorySizeMb, nodeImports = [], timeoutMs } = configuration
  const defaults = {
    PATH: binPath(configuration, [dirname(process.execPath)], path),
    LD_LIBRARY_PATH: libraryPath(configuration),
    NODE_PATH: nodePath(configuration, major).join(':'),
  }
  return {
    lane: 'pipes',
    file: process.execPath,
    args: [
      `--max-old-space-size=${heapLimitMb(memorySizeMb)}`,
      ...TYPESCRIPT_FLAGS,
      ...nodeImports.map((it) => (it.startsWith('--') ? it : `--import=${it}`)),
      runtimeFile('node-function'),
      String(timeoutMs),
      configuredArn(configuration),
    ],
    variables: environmentVariables(configuration, { defaults, dir: RUNTIMES_DIR }),
    description: `Node.js ${process.versions.node}`,
  }
}

async function launchPython(configuration: FunctionConfiguration, path: string): Promise<Launch> {
  const { findPython } = await import('../process/python-packages.ts')
  const python = await findPython(configuration.runtime, path)
  const defaults = {
    PATH: binPath(configuration, [dirname(python.path)], path),
    LD_LIBRARY_PATH: libraryPath(configuration),
    PYTHONPATH: pythonPath(configuration, python.version.split('.').slice(0, 2).join('.')).join(
      ':',
    ),
    // Where the bootstrap looks for programs that Lambda has in /opt; later layers win.
    ...(configuration.layers.length > 0 && {
      CATAMARAN_LAYERS: configuration.layers.toReversed().join(delimiter),
    }),
  }
  return {
    lane: 'runtime-api',
    file: python.path,
    args: [runtimeFile('python-function.py'), configuredArn(configuration)],
    variables: environmentVariables(configuration, { defaults, dir: RUNTIMES_DIR }),
    description: `Python ${python.version}`,
  }
}

async function launchBootstrap(
  configuration: FunctionConfiguration,
  path: string,
): Promise<Launch> {
  const defaults = {
    PATH: binPath(configuration, [], path),
    LD_LIBRARY_PATH: libraryPath(configuration),
  }
  const file = await findBootstrap(configuration)
  return {
    lane: 'runtime-api',
    file,
    args: [],
    variables: environmentVariables(configuration, { defaults, dir: RUNTIMES_DIR }),
    description: 'bootstrap',
  }
}

/** The code's own bootstrap, else a layer's; Lambda looks in /var/task, then in /opt. */
async function findBootstrap(configuration: FunctionConfiguration): Promise<string> {
  const { codeDir, layers, functionName } = configuration
  for (const folder of [codeDir, ...layers.toReversed()]) {
    const file = join(folder, 'bootstrap')
    const mode = await access(file, constants.X_OK).then(
      () => 'executable',
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? 'missing' : 'refused'),
    )
    if (mode === 'executable') return file
    if (mode === 'refused') {
      throw new HostError(
        'ERR_INVALID_INPUT',
        `The bootstrap of function ${functionName} is not executable; run chmod +x on it`,
      )
    }
  }
  throw new HostError(
    'ERR_INVALID_INPUT',
    `Function ${functionName} has no bootstrap, neither in its code nor in a layer`,
  )
}
