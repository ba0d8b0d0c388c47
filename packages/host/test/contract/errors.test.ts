// The errors that the model of a served operation names, through the AWS SDK. What follows from the
// model alone (a constraint broken, a resource that is not there) is asked of every operation; the rest
// stands in a table; what is in neither has a reason (`error-reasons.ts`). The last test adds them up.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from 'vitest'
import { startErrorWorld, type ErrorWorld } from '../support/error-world.ts'
import { ERROR_CASES, OTHER_ACCOUNT } from '../support/error-cases.ts'
import { ELSEWHERE, findReason, NEVER_MISSING, UNPROVEN } from '../support/error-reasons.ts'
import { brokenInput, plainInput, SERVED, send } from '../support/served-operations.ts'

const STATUSES: Readonly<Record<string, number>> = {
  ValidationException: 400,
  UnauthorizedException: 401,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
}
const AGENT_CORE = SERVED.filter(({ service }) => service.startsWith('bedrock-agentcore'))
const MISSING = 'ResourceNotFoundException'

let world: ErrorWorld
beforeAll(async () => void (world = await startErrorWorld()))
afterAll(() => world[Symbol.asyncDispose]())

/** `ConflictException 409`, or `answered`; the SDK names an error as the service did. */
async function refusal(sent: Promise<unknown>): Promise<string> {
  return sent.then(
    () => 'answered',
    ({ name, $metadata }: Error & { $metadata?: { httpStatusCode?: number } }) =>
      `${name} ${$metadata?.httpStatusCode}`,
  )
}

const mayMiss = SERVED.filter(
  ({ id, errors }) => errors.includes(MISSING) && !NEVER_MISSING.has(id),
)

test('what is not there is not found, whatever the operation', async ({ expect }) => {
  const clients = world.clients()
  const said: Record<string, string> = {}
  for (const served of mayMiss) {
    const input = { ...plainInput(served), ...world.unknown(served) }
    said[served.id] = await refusal(send(clients, served, input))
  }
  // rest-json has statuses; json-1.1 answers 400 to all of it
  const status = (service: string) => (/^(?:bedrock|lambda)/.test(service) ? 404 : 400)
  expect(said).toEqual(
    Object.fromEntries(mayMiss.map(({ id, service }) => [id, `${MISSING} ${status(service)}`])),
  )
})

const VIOLATIONS: Readonly<Record<string, string>> = {
  cloudformation: 'ValidationError 400',
  'cognito-idp': 'InvalidParameterException 400',
  ecr: 'InvalidParameterException 400',
  sts: 'ValidationError 400',
}

test('a constraint of the model is kept by every operation that has one', async ({ expect }) => {
  const clients = world.clients()
  const wrong = SERVED.flatMap((served) => {
    const input = brokenInput(served)
    return input === undefined ? [] : [{ served, input }]
  })
  const said: Record<string, string> = {}
  for (const { served, input } of wrong) {
    said[served.id] = await refusal(send(clients, served, input))
  }
  const expected = wrong.map(({ served: { id, service } }) => [
    id,
    VIOLATIONS[service] ?? 'ValidationException 400',
  ])
  expect(said).toEqual(Object.fromEntries(expected))
  // their members are lists, or texts that may be anything
  expect(SERVED.filter(({ id }) => said[id] === undefined).map(({ id }) => id)).toEqual([
    'sts GetCallerIdentity',
    'ssm DeleteParameters',
    'ssm GetParameters',
    'ecr ListTagsForResource',
    'ecr TagResource',
    'ecr UntagResource',
    'cloudformation DescribeStackResource',
    'cloudformation DescribeStackResources',
  ])
})

test.for(ERROR_CASES)('$id: $error when $when', async ({ id, error, input, from }, { expect }) => {
  const served = SERVED.find((each) => each.id === id)
  if (served === undefined) throw new Error(`${id} is not served`)
  const clients = world.clients(from === 'another account' ? OTHER_ACCOUNT : {})
  const said = await refusal(send(clients, served, { ...plainInput(served), ...input(world) }))
  const status = AGENT_CORE.includes(served) ? STATUSES[error] : undefined
  expect(said).toMatch(
    status === undefined ? new RegExp(`^${error} 4\\d\\d$`) : `${error} ${status}`,
  )
})

test('what another test shows is in a test that names the operation and the error', ({
  expect,
}) => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  const isShown = (text: string) => {
    const [, name = '', error = ''] = /^\S+ (\w+): (\w+)$/.exec(text) ?? []
    return sources.some((source) => source.includes(`${name}Command(`) && source.includes(error))
  }
  expect(ELSEWHERE.filter((text) => !isShown(text))).toEqual([])
})

test('every error of every model is shown here, or has a reason why not', ({ expect }) => {
  const cases = ERROR_CASES.map(({ id, error }) => `${id}: ${error}`)
  const shown = new Set<string>([...cases, ...ELSEWHERE])
  for (const { id } of mayMiss) shown.add(`${id}: ${MISSING}`)
  for (const served of SERVED) {
    if (brokenInput(served) === undefined) continue
    shown.add(`${served.id}: ValidationException`)
    if (served.service === 'cognito-idp' || served.service === 'ecr') {
      shown.add(`${served.id}: InvalidParameterException`)
    }
  }
  const open = SERVED.flatMap((served) =>
    served.errors
      .filter((error) => !shown.has(`${served.id}: ${error}`))
      .filter((error) => findReason(served, error) === undefined)
      .map((error) => `${served.id}: ${error}`),
  )
  expect(open.toSorted()).toEqual(UNPROVEN.toSorted())
  expect(ELSEWHERE.filter((error) => cases.includes(error))).toEqual([])
})
