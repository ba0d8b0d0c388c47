import { stat } from 'node:fs/promises'
import { HostError } from '../kernel/host-error.ts'
import { functionArn } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import { LATEST } from './function-identifier.ts'

/** One function, with the members of Lambda's FunctionConfiguration; folders are absolute. */
export interface FunctionConfiguration {
  readonly functionName: string
  /** Default: the scope of what an app file describes. */
  readonly scope?: Scope
  /** Default `$LATEST`. */
  readonly version?: string
  /** `nodejs24.x`, `python3.13`, `provided.al2023`, … */
  readonly runtime: string
  readonly handler: string
  readonly codeDir: string
  /** Later layers win. Each is what Lambda would unpack into `/opt`. */
  readonly layers: readonly string[]
  /** Folders of installed packages, for Python. */
  readonly pythonPath?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly memorySizeMb: number
  readonly reservedConcurrency?: number
  /** More `--import` modules for Node children. */
  readonly nodeImports?: readonly string[]
}

const FUNCTION_NAME = /^[a-zA-Z0-9-_]{1,64}$/ // Lambda API reference, CreateFunction
const MAX_TIMEOUT_MS = 900_000

/** The ARN an invocation without a qualifier of its own has: a published version's names it. */
export function configuredArn({ functionName, scope, version }: FunctionConfiguration): string {
  const arn = functionArn(functionName, scope)
  return version === undefined || version === LATEST ? arn : `${arn}:${version}`
}

/** Refuses what could never run, before anything is started. */
export async function checkConfiguration(configuration: FunctionConfiguration): Promise<void> {
  const { functionName, codeDir, layers, timeoutMs, memorySizeMb } = configuration
  if (!FUNCTION_NAME.test(functionName)) {
    throw invalid(functionName, 'the name has other characters than letters, digits, - and _')
  }
  if (!(timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
    throw invalid(functionName, `the timeout is ${timeoutMs} ms; it can be 1 to ${MAX_TIMEOUT_MS}`)
  }
  if (!(memorySizeMb >= 128 && memorySizeMb <= 10_240)) {
    throw invalid(functionName, `the memory is ${memorySizeMb} MB; it can be 128 to 10240`)
  }
  if (!(await isFolder(codeDir))) throw invalid(functionName, 'the code folder does not exist')
  for (const [index, layer] of layers.entries()) {
    if (!(await isFolder(layer))) {
      throw invalid(functionName, `the folder of layer ${index + 1} does not exist`)
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ?? false
}

function invalid(functionName: string, problem: string): HostError {
  return new HostError('ERR_INVALID_INPUT', `Function ${functionName} cannot run: ${problem}`)
}
