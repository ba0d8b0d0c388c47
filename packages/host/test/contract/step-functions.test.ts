// StartExecution for the waiters of CDK's provider framework. The framework itself, with the real
// client, is in test/outside/custom-resources.test.ts.
import { test } from 'vitest'
import { signRequest } from '../../src/aws/sign-request.ts'
import { startAwsHost } from '../support/aws-host.ts'
import { createStack } from '../support/stack-world.ts'

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:it'

interface Sent {
  readonly operation?: string
  readonly body?: unknown
  readonly isSigned?: boolean
}

async function send(host: { readonly url: string }, sent: Sent) {
  const { operation = 'StartExecution', body = { stateMachineArn: ARN }, isSigned = true } = sent
  const url = new URL(host.url)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AWSStepFunctions.${operation}`,
  }
  const service = { service: 'states', region: 'us-east-1' }
  const request = { method: 'POST', url, headers, body: text }
  const signed = isSigned ? signRequest(request, service, KEYS) : headers
  const response = await fetch(url, { method: 'POST', headers: signed, body: text })
  const answer = (await response.json()) as { readonly __type?: string }
  return [response.status, answer.__type]
}

test('what is refused is refused in the words of Step Functions', async ({ expect }) => {
  await using host = await startAwsHost()
  expect(await send(host, {})).toEqual([400, 'StateMachineDoesNotExist'])
  expect(await send(host, { isSigned: false })).toEqual([
    403,
    'MissingAuthenticationTokenException',
  ])
  expect(await send(host, { operation: 'ListStateMachines' })).toEqual([
    400,
    'UnknownOperationException',
  ])
  expect(await send(host, { body: '[' })).toEqual([400, 'SerializationException'])
  expect(await send(host, { body: {} })).toEqual([400, 'InvalidArn'])
  const input = 'x'.repeat(262_145)
  expect(await send(host, { body: { stateMachineArn: ARN, input } })).toEqual([
    400,
    'InvalidExecutionInput',
  ])
  const longer = { stateMachineArn: ARN, input: input.repeat(3) }
  expect(await send(host, { body: longer })).toEqual([400, 'InvalidExecutionInput'])
})

test('any other state machine is refused before anything is made', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation } = host.clients()
  const DefinitionString = JSON.stringify({
    StartAt: 'a',
    States: { a: { Type: 'Pass', End: true } },
  })
  const Properties = { RoleArn: 'arn:aws:iam::000000000000:role/it', DefinitionString }
  const template = { Resources: { It: { Type: 'AWS::StepFunctions::StateMachine', Properties } } }
  await expect(createStack(cloudformation, 'it', JSON.stringify(template))).rejects.toThrow(
    'Step Functions is not served here',
  )
})
