import { test } from 'vitest'
import { loadServiceModel, type ServiceModelName } from './service-model.ts'
import { describeViolations, findViolations } from './validate.ts'

/** What is wrong with an input, in AWS's words; empty when nothing is. */
function complain(service: ServiceModelName, operation: string, input: object): string {
  const shape = loadServiceModel(service).operations.get(operation)?.input
  if (shape === undefined) throw new Error(`${operation} takes no input`)
  const violations = findViolations(shape, input)
  return violations.length === 0 ? '' : describeViolations(violations)
}

const control = (operation: string, input: object) =>
  complain('bedrock-agentcore-control', operation, input)

test('a missing member must not be null', ({ expect }) => {
  expect(control('GetGateway', {})).toBe(
    "1 validation error detected: Value at 'gatewayIdentifier' failed to satisfy constraint: Member must not be null",
  )
})

test('several mistakes are told at once', ({ expect }) => {
  expect(control('ListGateways', { maxResults: 0, nextToken: 'a b' })).toBe(
    "2 validation errors detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; " +
      "Value 'a b' at 'nextToken' failed to satisfy constraint: Member must satisfy regular expression pattern: \\S*",
  )
})

test('names are shown the way AWS shows them, whatever the model capitalises', ({ expect }) => {
  expect(complain('sts', 'AssumeRole', { RoleArn: 'short', RoleSessionName: 'name' })).toBe(
    "1 validation error detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
  )
})

test('an unknown enum value is answered with the known ones', ({ expect }) => {
  const input = { FunctionName: 'f', InvocationType: 'Sometimes' }
  expect(complain('lambda', 'Invoke', input)).toBe(
    "1 validation error detected: Value 'Sometimes' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]",
  )
})

test('a union has exactly one member', ({ expect }) => {
  const target = { gatewayIdentifier: 'abc-0123456789', name: 'a', targetConfiguration: {} }
  expect(control('CreateGatewayTarget', target)).toMatch(
    /at 'targetConfiguration' failed .*: Member must have exactly one of the members: \[/,
  )
})

test('elements of lists and values of maps are named by their place', ({ expect }) => {
  const arn = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/a-0123456789'
  expect(control('UntagResource', { resourceArn: arn, tagKeys: ['ok', ''] })).toContain(
    "Value '' at 'tagKeys.2.member' failed",
  )
  expect(control('TagResource', { resourceArn: arn, tags: { key: '\u0001' } })).toContain(
    "at 'tags.key.member' failed",
  )
})

test('the key of a sensitive map is told, its value is not', ({ expect }) => {
  const Environment = { Variables: { G: 'secret' } }
  const told = complain('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'f', Environment })
  expect(told).toContain("Value 'G' at 'environment.variables.key' failed")
  expect(told).not.toContain('secret')
})

test('a sensitive value is not repeated', ({ expect }) => {
  const input = { name: 'key', apiKey: 's3cr3t'.repeat(20_000) }
  const complaint = control('CreateApiKeyCredentialProvider', input)
  expect(complaint).toContain("Value '***' at 'apiKey' failed")
  expect(complaint).not.toContain('s3cr3t')
})

test('complaints stay short, however much there is to complain about', ({ expect }) => {
  const arn = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/a-0123456789'
  const tagKeys = Array.from({ length: 150 }, () => '\u0001'.repeat(100_000))
  const complaint = control('UntagResource', { resourceArn: arn, tagKeys })
  expect(complaint).toMatch(/^10 validation errors detected: /)
  expect(complaint.length).toBeLessThan(10_000)
})
