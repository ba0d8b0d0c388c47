// The tool schema of a gateway target comes from the code that will serve it: the bundle that is about
// to be deployed is loaded once, in a process of its own, and asked.
import type { SchemaLoss, ToolDefinition } from '@catamaran/tools'
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

export interface ServerDescription {
  readonly name: string
  readonly instructions?: string
  readonly tools: readonly ToolDefinition[]
  readonly losses: readonly SchemaLoss[]
}

/** The message is for the author of the file that was bundled. */
export class DescribeError extends Error {
  override readonly name = 'DescribeError'
}

const LIMIT_MS = 30_000
/** The answer has a pipe of its own, because authors' modules may write to standard output. */
const ANSWER = 3
const MAX_ANSWER_BYTES = 64 * 1_024 * 1_024

const ASK = `
const { writeSync } = await import('node:fs')
const { default: server } = await import(process.argv[1])
const isServer = typeof server?.handler?.describeTools === 'function'
const answer = isServer ? { name: server.name, ...server.handler.describeTools() } : {}
const bytes = Buffer.from(JSON.stringify(answer))
for (let written = 0; written < bytes.length; ) written += writeSync(${ANSWER}, bytes, written)
process.exit(0)
`

/** Loads a bundle of the kind `function` and asks it for its tools; `environment` is what it will have. */
export function describeServer(
  bundle: string,
  environment: Readonly<Record<string, string>>,
): ServerDescription {
  // What starts this process (a TypeScript loader, say) is not for the bundle.
  const { NODE_OPTIONS: _, ...inherited } = process.env
  const { error, status, output } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', ASK, pathToFileURL(bundle).href],
    {
      env: { ...inherited, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      maxBuffer: MAX_ANSWER_BYTES,
    },
  )
  if (error !== undefined) {
    throw new DescribeError(
      'code' in error && error.code === 'ETIMEDOUT'
        ? `it did not load within ${LIMIT_MS / 1_000} s; what it waits for belongs into a tool's handler`
        : error.message,
    )
  }
  if (status !== 0) throw new DescribeError(lastWords(String(output[2] ?? '')))
  return readDescription(String(output[ANSWER] ?? ''))
}

function readDescription(answer: string): ServerDescription {
  const description = JSON.parse(answer) as Partial<ServerDescription>
  const { name, tools, losses = [], instructions } = description
  if (name === undefined || tools === undefined) {
    throw new DescribeError(
      'its default export is no server; write `export default defineServer({ … })`',
    )
  }
  return { name, tools, losses, ...(instructions !== undefined && { instructions }) }
}

/** The error, without the stack and the source line that Node prints around it. */
function lastWords(stderr: string): string {
  const line = stderr.split('\n').find((each) => /^\w*(?:Error|Exception)\b.*:/.test(each))
  return `it fails when it is loaded: ${line ?? stderr.trim().slice(-500)}`
}
