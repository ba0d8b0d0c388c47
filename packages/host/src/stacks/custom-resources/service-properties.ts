import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import { isUnknown } from '../template/unknown.ts'

const DEFAULT_TIMEOUT_SECONDS = 3_600
const FUNCTION_ARN = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(?::[\w$-]{1,128})?$/

/** The function that a custom resource names. */
export function serviceTokenOf(properties: JsonObject): string {
  const token = properties['ServiceToken']
  const problem = tokenProblem(token)
  if (problem === undefined && typeof token === 'string') return token
  throw new HostError('ERR_INVALID_INPUT', problem ?? '')
}

/** How long a response is waited for. */
export function serviceTimeoutSeconds(properties: JsonObject): number {
  const given = properties['ServiceTimeout']
  const problem = timeoutProblem(given)
  if (problem !== undefined) throw new HostError('ERR_INVALID_INPUT', problem)
  return given === undefined ? DEFAULT_TIMEOUT_SECONDS : Number(given)
}

/** What is wrong with the two, as far as it is known yet. */
export function serviceProblems(properties: JsonObject): readonly string[] {
  const { ServiceToken, ServiceTimeout } = properties
  const problems = [ifKnown(ServiceToken, tokenProblem), ifKnown(ServiceTimeout, timeoutProblem)]
  return problems.filter((it) => it !== undefined)
}

function tokenProblem(token: Json | undefined): string | undefined {
  const text = typeof token === 'string' ? token : ''
  if (FUNCTION_ARN.test(text)) return undefined
  return /^arn:[\w-]+:sns:/.test(text)
    ? 'The ServiceToken names an Amazon SNS topic, which is not served here; a Lambda function is'
    : 'The ServiceToken is not the ARN of a Lambda function'
}

function timeoutProblem(timeout: Json | undefined): string | undefined {
  if (timeout === undefined) return undefined
  const seconds = typeof timeout === 'string' ? Number(timeout || Number.NaN) : timeout
  const isAllowed = Number.isInteger(seconds) && Number(seconds) >= 1 && Number(seconds) <= 3_600
  return isAllowed ? undefined : 'ServiceTimeout is not an integer from 1 to 3600'
}

function ifKnown(
  value: Json | undefined,
  find: (value: Json | undefined) => string | undefined,
): string | undefined {
  return value !== undefined && isUnknown(value) ? undefined : find(value)
}
