// The constraints of the gateway rate limits (bedrock-agentcore-control 2023-06-05). The wire has
// checked the shapes; what is left is what the shapes cannot say, and what is not there:
// - `tokens` and `connections`: there are no inference targets, and what a rate of connections counts
//   nobody documents.
// - `qualifiedModelId` and `$.context.iam.sourceIdentity`: no request here ever has one, so that a
//   limit by it would never limit anything.
import { ANY } from './rate-limiter.ts'
import { childPointer, refuseProblems, type Problem } from './problems.ts'
import type { Rate, RateLimitFacts } from './rate-limit-record.ts'

export interface RateLimitInput {
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly RateLimitEntryInput[]
}

export interface RateLimitEntryInput {
  readonly dimensions: Readonly<Record<string, string>>
  readonly requests?: readonly Rate[] | undefined
  readonly tokens?: readonly Rate[] | undefined
  readonly connections?: readonly Rate[] | undefined
}

const NEVER_PRESENT: ReadonlySet<string> = new Set([
  'qualifiedModelId',
  '$.context.iam.sourceIdentity',
])

/** The limit that is asked for; refuses what cannot be enforced, with every mistake at once. */
export function readRateLimit(input: RateLimitInput): RateLimitFacts {
  const { description, dimensionKeys, entries } = input
  const problems: Problem[] = []
  checkKeys(dimensionKeys, problems)
  const seen = new Set<string>()
  const read = entries.flatMap((entry, index) => {
    const pointer = `/entries/${index}`
    checkDimensions(entry, dimensionKeys, pointer, problems)
    const values = JSON.stringify(dimensionKeys.map((key) => entry.dimensions[key]))
    if (seen.has(values)) problems.push({ pointer, message: 'has the dimensions of another entry' })
    seen.add(values)
    const requests = readRequests(entry, pointer, problems)
    return requests ? [{ dimensions: { ...entry.dimensions }, requests: [requests] as const }] : []
  })
  refuseProblems('The rate limit', problems)
  return {
    ...(description !== undefined && { description }),
    dimensionKeys: [...dimensionKeys],
    entries: read,
  }
}

function checkKeys(dimensionKeys: readonly string[], problems: Problem[]): void {
  for (const [index, key] of dimensionKeys.entries()) {
    const pointer = `/dimensionKeys/${index}`
    if (dimensionKeys.indexOf(key) !== index) {
      problems.push({ pointer, message: 'is there already' })
    }
    if (!NEVER_PRESENT.has(key)) continue
    const message = `${key} is not supported: no request here has one, so the limit would never apply`
    problems.push({ pointer, message, isNotSupported: true })
  }
}

function checkDimensions(
  { dimensions }: RateLimitEntryInput,
  dimensionKeys: readonly string[],
  entryPointer: string,
  problems: Problem[],
): void {
  const pointer = `${entryPointer}/dimensions`
  for (const key of Object.keys(dimensions)) {
    if (dimensionKeys.includes(key)) continue
    problems.push({ pointer: childPointer(pointer, key), message: 'is not among dimensionKeys' })
  }
  let isAny = false
  for (const key of dimensionKeys) {
    const value = Object.hasOwn(dimensions, key) ? dimensions[key] : undefined
    const at = childPointer(pointer, key)
    if (value === undefined) problems.push({ pointer: at, message: 'is missing' })
    else if (isAny && value !== ANY) {
      const message = `must be ${ANY}, because a dimension before it is: only trailing dimensions may be left open`
      problems.push({ pointer: at, message })
    }
    isAny ||= value === ANY
  }
}

function readRequests(
  { requests, tokens, connections }: RateLimitEntryInput,
  pointer: string,
  problems: Problem[],
): Rate | undefined {
  for (const [name, given] of Object.entries({ tokens, connections })) {
    if (given === undefined) continue
    const message = 'is not supported here; use requests'
    problems.push({ pointer: childPointer(pointer, name), message, isNotSupported: true })
  }
  const [rate] = requests ?? []
  if (rate !== undefined) return { rate: rate.rate, period: rate.period }
  if (tokens === undefined && connections === undefined) {
    problems.push({ pointer: `${pointer}/requests`, message: 'is missing' })
  }
  return undefined
}
