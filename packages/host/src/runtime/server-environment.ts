import { basename } from 'node:path'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { ServerLaunch } from './server-launch.ts'
import { SERVER_PROTOCOLS } from './server-protocol.ts'

/** What is loaded into servers so that each gets a port of its own; see the files themselves. */
export interface Preloads {
  /** File URL of `node-runtime-preload.mjs`. */
  readonly node: string
  /** Folder of `sitecustomize.py`. */
  readonly pythonDir: string
}

export interface EnvironmentOptions {
  readonly directory: string
  readonly portFile: string
  /** The port for a program that takes it from PORT; undefined leaves the contract's. */
  readonly port: number | undefined
  readonly preloads: Preloads
}

const NODE_OR_PYTHON = /^(?:node(?:js)?|npx|npm|tsx|python[\d.]*)$/

/**
 * Whether the program will tell its port in the port file. Others may do so as well: a script that
 * starts Node or Python hands the environment on.
 */
export function tellsItsPort(command: readonly string[]): boolean {
  return NODE_OR_PYTHON.test(basename(command[0] ?? ''))
}

/** Exactly what a server sees: nothing of the host's own environment. */
export function serverEnvironment(
  { environment, protocol }: ServerLaunch,
  { directory, portFile, port, preloads }: EnvironmentOptions,
): Record<string, string> {
  const contractPort = String(SERVER_PROTOCOLS[protocol].port)
  const { NODE_OPTIONS, PYTHONPATH, PORT = contractPort } = environment
  return {
    ...sessionEnvironment(environment, directory),
    HOST: '127.0.0.1',
    PORT: port === undefined ? PORT : String(port),
    NODE_OPTIONS: join([NODE_OPTIONS, `--import=${preloads.node}`], ' '),
    PYTHONPATH: join([preloads.pythonDir, PYTHONPATH], ':'),
    CATAMARAN_PORT_FILE: portFile,
    CATAMARAN_CONTRACT_PORT: contractPort,
  }
}

/** What a command sees that runs beside the server: the same, and where the server really listens. */
export function commandEnvironment(
  { environment }: Pick<ServerLaunch, 'environment'>,
  { directory, port }: { readonly directory: string; readonly port: number },
): Record<string, string> {
  return { ...sessionEnvironment(environment, directory), PORT: String(port) }
}

function sessionEnvironment(
  environment: Readonly<Record<string, string>>,
  directory: string,
): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: directory,
    TMPDIR: directory,
    LANG: 'C.UTF-8',
    AWS_REGION: DEFAULT_SCOPE.region,
    PYTHONUNBUFFERED: '1', // a log line that comes with the next buffer comes too late
    ...environment,
  }
}

function join(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator)
}
