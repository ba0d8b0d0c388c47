import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import {
  GREET,
  LAMBDA_ARN,
  targetInput,
  testAuthorizer,
  testGateway,
} from '../../test/support/test-gateway.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second))
const GATEWAY = {
  name: 'test',
  gatewayId: 'test-0000000000',
  authorizerType: 'NONE',
  baseUrl: 'http://127.0.0.1:4420',
} as const

function codeOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error instanceof HostError ? error.code : error
  }
}

test('a gateway is ready at once, at an address of its own', ({ expect }) => {
  const { gateways, record } = testGateway({ now: () => at(5), gateway: { description: 'Greets' } })
  expect(record).toEqual({
    gatewayId: 'test-0000000000',
    gatewayArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/test-0000000000',
    gatewayUrl: 'http://127.0.0.1:4420/gateway/test-0000000000/mcp',
    name: 'test',
    description: 'Greets',
    authorizerType: 'NONE',
    protocolConfiguration: {
      mcp: { supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] },
    },
    status: 'READY',
    createdAt: at(5),
    updatedAt: at(5),
  })
  expect(gateways.findGateway(record.gatewayId)).toEqual(record)
  expect(gateways.findGateway('other-0000000000')).toBeUndefined()
})

test('an id is made up from the name', ({ expect }) => {
  const { gateways } = testGateway()
  const input = { name: 'My-Tools', authorizerType: 'NONE', baseUrl: 'http://a:1' } as const
  expect(gateways.createGateway(input).gatewayId).toMatch(/^my-tools-[0-9a-z]{10}$/)
})

test('a gateway can be configured again: its targets and its age stay', async ({ expect }) => {
  let second = 0
  const { gateways, record, legacy } = testGateway({ now: () => at(second++) })
  const protocolConfiguration = { mcp: { instructions: 'Now with instructions' } }
  const again = gateways.createGateway({ ...GATEWAY, protocolConfiguration })
  expect(again).toMatchObject({ createdAt: record.createdAt, updatedAt: at(2) })
  expect(await legacy('initialize')).toMatchObject({
    body: { result: { instructions: 'Now with instructions' } },
  })
  expect(await legacy('tools/list')).toMatchObject({
    body: { result: { tools: [{ name: 'greeter___greet' }] } },
  })
})

test('the same authorizer configuration keeps the authorizer, and the tokens it knows', ({
  expect,
}) => {
  let made = 0
  const authorizerFor = () => {
    made += 1
    return testAuthorizer()
  }
  const { gateways, record } = testGateway({
    gateway: { authorizerType: 'CUSTOM_JWT' },
    authorizerFor,
  })
  if (record.authorizerType !== 'CUSTOM_JWT') throw new Error('not the gateway that was made')
  const { authorizerType, authorizerConfiguration } = record
  gateways.createGateway({ ...GATEWAY, authorizerType, authorizerConfiguration })
  expect(made).toBe(1)
  const { customJWTAuthorizer } = authorizerConfiguration
  gateways.createGateway({
    ...GATEWAY,
    authorizerType,
    authorizerConfiguration: {
      customJWTAuthorizer: { ...customJWTAuthorizer, allowedClients: ['other'] },
    },
  })
  expect(made).toBe(2)
})

test('two gateways cannot share a name', ({ expect }) => {
  const { gateways } = testGateway()
  const twin = { ...GATEWAY, gatewayId: 'test-1111111111' }
  expect(codeOf(() => gateways.createGateway(twin))).toBe('ERR_CONFLICT')
})

test('a gateway that was removed is gone', async ({ expect }) => {
  const { gateways, record, legacy } = testGateway()
  gateways.removeGateway(record.gatewayId)
  expect(gateways.findGateway(record.gatewayId)).toBeUndefined()
  expect(await legacy('ping')).toMatchObject({ status: 404 })
  expect(codeOf(() => gateways.removeGateway(record.gatewayId))).toBe('ERR_NOT_FOUND')
  expect(codeOf(() => gateways.listTargets(record.gatewayId))).toBe('ERR_NOT_FOUND')
})

test('a target is put under its name, and put again it is replaced', ({ expect }) => {
  let second = 0
  const { gateways, record } = testGateway({ now: () => at(second++) })
  const first = {
    gatewayId: record.gatewayId,
    targetId: 'TARGET0001',
    name: 'greeter',
    targetConfiguration: {
      mcp: { lambda: { lambdaArn: LAMBDA_ARN, toolSchema: { inlinePayload: [GREET] } } },
    },
    status: 'READY',
    createdAt: at(1),
    updatedAt: at(1),
  }
  expect(gateways.listTargets(record.gatewayId)).toEqual([first])
  const { targetId: _, ...byName } = targetInput([GREET], { description: 'Again' })
  const again = gateways.putTarget(record.gatewayId, byName)
  expect(again).toEqual({ ...first, description: 'Again', updatedAt: at(2) })
  expect(gateways.listTargets(record.gatewayId)).toEqual([again])
  const renamed = gateways.putTarget(record.gatewayId, targetInput([], { name: 'waver' }))
  expect(renamed).toMatchObject({ targetId: 'TARGET0001', name: 'waver', createdAt: at(1) })
})

test('a new target without an id gets one', ({ expect }) => {
  const { gateways, record } = testGateway()
  const input = targetInput([GREET], { name: 'new', targetId: undefined })
  expect(gateways.putTarget(record.gatewayId, input).targetId).toMatch(/^[0-9A-Z]{10}$/)
})

test('what a caller keeps of an input does not change the target', async ({ expect }) => {
  const { gateways, record, legacy } = testGateway()
  const tool = { ...GREET }
  gateways.putTarget(record.gatewayId, targetInput([tool]))
  tool.name = 'changed'
  expect(gateways.listTargets(record.gatewayId)).toMatchObject([
    { targetConfiguration: { mcp: { lambda: { toolSchema: { inlinePayload: [GREET] } } } } },
  ])
  expect(await legacy('tools/list')).toMatchObject({
    body: { result: { tools: [{ name: 'greeter___greet' }] } },
  })
})

test('two targets cannot share a name', ({ expect }) => {
  const { gateways, record } = testGateway()
  const twin = targetInput([GREET], { targetId: 'TARGET0002' })
  expect(codeOf(() => gateways.putTarget(record.gatewayId, twin))).toBe('ERR_CONFLICT')
})

test('a refused target leaves what was there', async ({ expect }) => {
  const { gateways, record, legacy } = testGateway()
  const wrong = targetInput([{ ...GREET, description: '' }])
  expect(codeOf(() => gateways.putTarget(record.gatewayId, wrong))).toBe('ERR_INVALID_INPUT')
  expect(
    await legacy('tools/call', { name: 'greeter___greet', arguments: { name: 'Ada' } }),
  ).toMatchObject({ body: { result: { isError: false } } })
})

test('a target that was removed takes its tools along', async ({ expect }) => {
  const { gateways, record, legacy } = testGateway()
  gateways.removeTarget(record.gatewayId, 'TARGET0001')
  expect(await legacy('tools/list')).toMatchObject({ body: { result: { tools: [] } } })
  expect(codeOf(() => gateways.removeTarget(record.gatewayId, 'TARGET0001'))).toBe('ERR_NOT_FOUND')
})

test('a gateway has 100 targets and no more', ({ expect }) => {
  const { gateways, record } = testGateway()
  const put = (index: number) =>
    gateways.putTarget(
      record.gatewayId,
      targetInput([], { name: `t${index}`, targetId: undefined }),
    )
  for (let index = 1; index < 100; index++) put(index)
  expect(codeOf(() => put(100))).toBe('ERR_LIMIT_EXCEEDED')
  expect(put(99).name).toBe('t99')
})

test('names that some models refuse are mentioned', ({ expect }) => {
  const name = 'a'.repeat(60)
  const { logged } = testGateway({ tools: [GREET, { ...GREET, name }] })
  expect(logged).toEqual([
    {
      message: 'A tool has a name of more than 64 characters, which some models refuse',
      gatewayId: 'test-0000000000',
      tool: `greeter___${name}`,
    },
  ])
})

test('the metadata of a protected gateway says where to get a token, and for what', ({
  expect,
}) => {
  const resource = 'http://127.0.0.1:4420/gateway/test-0000000000/mcp'
  const { gateways, record } = testGateway({
    gateway: { authorizerType: 'CUSTOM_JWT' },
    authorizerFor: () => testAuthorizer(['shown/read']),
  })
  expect(gateways.describeResource(record.gatewayId, { resource })).toEqual({
    resource,
    authorization_servers: ['https://issuer'],
    scopes_supported: ['shown/read'],
    bearer_methods_supported: ['header'],
  })
  const open = testGateway()
  expect(open.gateways.describeResource(record.gatewayId, { resource })).toBeUndefined()
  expect(open.gateways.describeResource('other-0000000000', { resource })).toBeUndefined()
})
