import { test } from 'vitest'
import { loadServiceModel, type ServiceModelName } from './service-model.ts'

const NAMES: readonly ServiceModelName[] = [
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-idp',
  'ecr',
  'lambda',
  'secretsmanager',
  'ssm',
  'sts',
]
const ARN = 'arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%2Fa'

test('every model can be read, and has an input shape for whatever takes one', ({ expect }) => {
  const counts = NAMES.map((name) => loadServiceModel(name).operations.size)
  expect(counts.every((count) => count > 0)).toBe(true)
  expect(loadServiceModel('lambda')).toBe(loadServiceModel('lambda'))
})

test.for(NAMES)(
  '%s: every operation is found at its own path, with a slash or without',
  (name, { expect }) => {
    const model = loadServiceModel(name)
    if (model.protocol !== 'rest-json') return
    for (const { name: operation, method, path } of model.operations.values()) {
      const asked = path.replaceAll(/\{[^}]+\}/g, ARN)
      for (const raw of [asked, `${asked.replace(/\/$/, '')}/`, asked.replace(/\/$/, '')]) {
        const found = model.findRoute(method, raw)
        expect(found?.operation, `${method} ${raw}`).toBe(operation)
        expect(Object.values(found?.labels ?? {}).every((label) => label === ARN)).toBe(true)
      }
    }
  },
)

test('shapes that contain themselves are linked to themselves', ({ expect }) => {
  const input = loadServiceModel('bedrock-agentcore-control').operations.get(
    'CreateGatewayTarget',
  )?.input
  const find = (shape: typeof input, name: string) => shape?.members.get(name)?.shape
  const lambda = find(find(find(input, 'targetConfiguration'), 'mcp'), 'lambda')
  const schema = find(find(find(lambda, 'toolSchema'), 'inlinePayload')?.element, 'inputSchema')
  expect(schema && find(schema, 'properties')?.value).toBe(schema)
})
