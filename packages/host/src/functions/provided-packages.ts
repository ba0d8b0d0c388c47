// What Lambda's managed runtimes bring along ("Lambda runtimes", Lambda developer guide: the AWS SDK
// for JavaScript v3 in nodejs, boto3 in python), installed once, when code first asks for it. Code and
// layers that have their own copy never ask.
//
// Different from Lambda: a package is the newest at the time it was first needed on this machine.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { createFairTurns } from './fair-turns.ts'

/** Finds the folder from which a package can be imported, and installs it before where need be. */
export type ProvidePackage = (wanted: WantedPackage) => Promise<string>

export interface WantedPackage {
  readonly name: string
  /** Of the function that asks, without a version. */
  readonly functionArn: string
  /** Path of the Python interpreter that will import it; absent: Node.js will. */
  readonly python?: string | undefined
  readonly onProgress: (line: string) => void
}

export interface PackageProviderOptions {
  readonly cacheDir: string
  /** PATH, HOME, proxies and registries: what npm and pip need and nothing else. */
  readonly env: Readonly<Record<string, string>>
}

const NODE_PACKAGE = /^@(?:aws-sdk|smithy)\/[a-z0-9][a-z0-9-]{0,99}$/
/** The modules of boto3 and of what it depends on. */
const BOTO3_MODULE = /^(?:boto3|botocore|s3transfer|jmespath|dateutil|urllib3|six)$/

/** More than a function's code has reason to import; each that is made up costs a question to a registry. */
const MAX_WAITING = 50
/** Until then there may be a network again. */
const FAILURE_KNOWN_MS = 60_000

export function createPackageProvider(options: PackageProviderOptions): ProvidePackage {
  const folders = new Map<string, string>()
  const failures = new Map<string, HostError>()
  /** By function, and then by package: nobody waits behind what only another function asked for. */
  const waiting = new Map<string, Map<string, Promise<string>>>()
  const inTurn = createFairTurns()

  async function provide(key: string, wanted: WantedPackage): Promise<string> {
    const failed = failures.get(key)
    if (failed !== undefined) throw failed
    const found = folders.get(key)
    if (found !== undefined) return found
    try {
      const install = wanted.python === undefined ? installNode : installBoto3
      const folder = await install(wanted, options)
      folders.set(key, folder)
      return folder
    } catch (error) {
      const refusal = failure(wanted.name, error)
      failures.set(key, refusal)
      setTimeout(() => failures.delete(key), FAILURE_KNOWN_MS).unref()
      throw refusal
    }
  }

  return async (wanted) => {
    const { name, python, functionArn } = wanted
    const isProvided = (python === undefined ? NODE_PACKAGE : BOTO3_MODULE).test(name)
    if (!isProvided) {
      throw new HostError('ERR_INVALID_INPUT', `${name} is not part of a Lambda runtime`)
    }
    const key = python === undefined ? name : `boto3 ${python}`
    if (folders.has(key) || failures.has(key)) return provide(key, wanted)
    const own = waiting.get(functionArn) ?? new Map<string, Promise<string>>()
    const asked = own.get(key)
    if (asked !== undefined) return asked
    if (own.size >= MAX_WAITING) {
      const message = `${name} is not installed: the function waits for ${own.size} packages already`
      throw new HostError('ERR_LIMIT_EXCEEDED', message)
    }
    const provided = inTurn(functionArn, () => provide(key, wanted)).finally(() => {
      own.delete(key)
      if (own.size === 0) waiting.delete(functionArn)
    })
    own.set(key, provided)
    waiting.set(functionArn, own)
    return provided
  }
}

function failure(name: string, cause: unknown): HostError {
  return new HostError(
    'ERR_TARGET_FAILED',
    `${name} is part of the Lambda runtime and is installed here when it is first needed, which failed. Check the network and the registry settings of this machine, or put the package into the function's own code. ${errorMessage(cause)}`,
    { cause },
  )
}

async function installNode({ name, onProgress }: WantedPackage, options: PackageProviderOptions) {
  const { installNodePackage } = await import('../process/node-packages.ts')
  const range = name.startsWith('@aws-sdk/') ? '3' : 'latest'
  return installNodePackage({ ...options, name, range, onProgress })
}

async function installBoto3(
  { python = '', onProgress }: WantedPackage,
  { cacheDir, env }: PackageProviderOptions,
) {
  const { installRequirements } = await import('../process/python-packages.ts')
  await mkdir(cacheDir, { recursive: true })
  const requirementsFile = join(cacheDir, 'boto3-requirements.txt')
  await writeFile(requirementsFile, 'boto3\n')
  return installRequirements({ requirementsFile, python, cacheDir, env, onProgress })
}
