// AgentCore Control API, CreateAgentRuntime, and its CloudFormation resource reference.
import type { Duration } from 'aws-cdk-lib'
import type { CfnRuntime } from 'aws-cdk-lib/aws-bedrockagentcore'
import type { EnvironmentLimits } from './hull-environment.ts'
import type { Problems } from './problems.ts'
import type { RuntimeMcpServerProps } from './runtime-mcp-server-props.ts'

export const RUNTIME_ENVIRONMENT: EnvironmentLimits = {
  name: /^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/,
  nameWords:
    'an agent runtime (1 to 100 letters, digits and underscores, not beginning with a digit)',
  maxEntries: 50,
  maxValueLength: 2_048,
}

const MIN_SECONDS = 60
const MAX_SECONDS = 28_800
const DEFAULT_IDLE_SECONDS = 900
const HEADER = /^[A-Za-z][A-Za-z0-9_-]{0,255}$/
const MAX_HEADERS = 20

/** The life of a session, in the resource's words. */
export function readLifecycle(
  problems: Problems,
  { idleTimeout, maxLifetime }: RuntimeMcpServerProps,
): CfnRuntime.LifecycleConfigurationProperty | undefined {
  const idle = readSeconds(problems, 'idleTimeout', idleTimeout)
  const life = readSeconds(problems, 'maxLifetime', maxLifetime)
  if ((idle ?? DEFAULT_IDLE_SECONDS) > (life ?? MAX_SECONDS)) {
    problems.add(
      `maxLifetime: ${life ?? MAX_SECONDS} s is shorter than idleTimeout, ${idle ?? DEFAULT_IDLE_SECONDS} s.`,
    )
  }
  if (idle === undefined && life === undefined) return undefined
  return {
    ...(idle !== undefined && { idleRuntimeSessionTimeout: idle }),
    ...(life !== undefined && { maxLifetime: life }),
  }
}

function readSeconds(
  problems: Problems,
  name: string,
  duration: Duration | undefined,
): number | undefined {
  if (duration === undefined) return undefined
  const seconds = duration.toSeconds({ integral: false })
  if (duration.isUnresolved()) return seconds
  if (Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) return seconds
  problems.add(
    `${name}: ${seconds} s; AgentCore takes ${MIN_SECONDS} to ${MAX_SECONDS} whole seconds.`,
  )
  return undefined
}

export function checkHeaders(problems: Problems, headers: readonly string[]): void {
  if (headers.length < 1 || headers.length > MAX_HEADERS) {
    problems.add(
      `requestHeaders: ${headers.length}; AgentCore takes 1 to ${MAX_HEADERS} (leave it out for none).`,
    )
  }
  for (const header of headers) {
    if (HEADER.test(header)) continue
    problems.add(`requestHeaders: ${JSON.stringify(header)} is no name of a header.`)
  }
}
