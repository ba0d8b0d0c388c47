// AWS Lambda developer guide: "Lambda quotas" and "Using environment variables".
import { Duration, Token } from 'aws-cdk-lib'
import type { EnvironmentLimits } from './hull-environment.ts'
import type { Problems } from './problems.ts'

export const FUNCTION_ENVIRONMENT: EnvironmentLimits = {
  name: /^[a-zA-Z][a-zA-Z0-9_]+$/,
  nameWords:
    'a Lambda environment variable (two or more letters, digits and underscores, beginning with a letter)',
  maxBytes: 4_096,
  reserved: [
    '_HANDLER',
    'AWS_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_DEFAULT_REGION',
    'AWS_EXECUTION_ENV',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_VERSION',
    'AWS_LAMBDA_INITIALIZATION_TYPE',
    'AWS_LAMBDA_LOG_GROUP_NAME',
    'AWS_LAMBDA_LOG_STREAM_NAME',
    'AWS_LAMBDA_RUNTIME_API',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'LAMBDA_RUNTIME_DIR',
    'LAMBDA_TASK_ROOT',
  ],
}

const MAX_TIMEOUT_SECONDS = 900
const MIN_MEMORY_MB = 128
const MAX_MEMORY_MB = 10_240

interface FunctionLimits {
  readonly timeout: Duration
  readonly memorySize: number
}

const FITTING: FunctionLimits = { timeout: Duration.minutes(1), memorySize: 512 }

/** The limits, or ones that fit in place of those that Lambda would refuse. */
export function checkFunctionLimits(
  problems: Problems,
  { timeout, memorySize }: FunctionLimits,
): FunctionLimits {
  return {
    timeout: fitsTimeout(problems, timeout) ? timeout : FITTING.timeout,
    memorySize: fitsMemory(problems, memorySize) ? memorySize : FITTING.memorySize,
  }
}

function fitsTimeout(problems: Problems, timeout: Duration): boolean {
  if (timeout.isUnresolved()) return true
  const seconds = timeout.toSeconds({ integral: false })
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_TIMEOUT_SECONDS) return true
  problems.add(
    `timeout: ${seconds} s; Lambda takes 1 to ${MAX_TIMEOUT_SECONDS} whole seconds, and a gateway waits no longer. ` +
      'What takes longer belongs into a RuntimeMcpServer.',
  )
  return false
}

function fitsMemory(problems: Problems, memorySize: number): boolean {
  if (Token.isUnresolved(memorySize)) return true
  const isWithin = memorySize >= MIN_MEMORY_MB && memorySize <= MAX_MEMORY_MB
  if (Number.isInteger(memorySize) && isWithin) return true
  problems.add(
    `memorySize: ${memorySize} MB; Lambda takes ${MIN_MEMORY_MB} to ${MAX_MEMORY_MB} whole megabytes.`,
  )
  return false
}
