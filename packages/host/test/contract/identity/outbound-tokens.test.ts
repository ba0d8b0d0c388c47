import { UpdateWorkloadIdentityCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import { test } from 'vitest'
import type { OutboundTokens as GatewayPort } from '../../../src/gateway/outbound-tokens.ts'
import { DEFAULT_SCOPE } from '../../../src/kernel/scope.ts'
import type { WorkloadTokens as RuntimePort } from '../../../src/runtime/ports.ts'
import { startAuthorizationServer } from '../../support/authorization-server.ts'
import { createProvider, RETURN_URL } from '../../support/identity-fixtures.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'

const GATEWAY = 'my-gateway-abcde01234'
const scope = DEFAULT_SCOPE

async function startWorld() {
  const world = await startIdentityWorld()
  const server = await startAuthorizationServer()
  const onBehalfOfTokenExchangeConfig = { grantType: 'TOKEN_EXCHANGE' as const }
  const config = { onBehalfOfTokenExchangeConfig }
  const { credentialProviderArn = '' } = await createProvider(world.clients(), server, config)
  const { prepared } = world
  prepared.linked.describe(scope, GATEWAY, world.clock.nowMs).commit()
  const outbound: GatewayPort = prepared.outbound
  const callerTokens: RuntimePort = prepared.callerTokens
  const ask = (request: Partial<Parameters<GatewayPort['oauth2Token']>[0]> = {}) =>
    outbound.oauth2Token({
      scope,
      workloadName: GATEWAY,
      providerArn: credentialProviderArn,
      scopes: ['files'],
      grantType: 'CLIENT_CREDENTIALS',
      ...request,
    })
  return {
    world,
    server,
    ask,
    callerTokens,
    providerArn: credentialProviderArn,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

test('a gateway gets the tokens that programs get, and another one when it was refused', async ({
  expect,
}) => {
  await using it = await startWorld()
  const first = await it.ask()
  expect(first).toMatchObject({ accessToken: expect.stringMatching(/^access-/) as string })
  expect(await it.ask()).toEqual(first)
  const second = await it.ask({ forceNew: true })
  expect(second).not.toEqual(first)
  expect(await it.ask()).toEqual(second)
  await expect(it.ask({ providerArn: 'arn:aws:s3:::bucket' })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })
  await expect(it.ask({ workloadName: 'nobody' })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})

test('a gateway exchanges its caller token, or asks its user and refreshes', async ({ expect }) => {
  await using it = await startWorld()
  const userToken = await it.server.signUserToken('alice')
  await it.ask({ grantType: 'TOKEN_EXCHANGE', userToken })
  expect(it.server.tokenCalls[0]?.parameters.get('subject_token')).toBe(userToken)

  const request = { grantType: 'AUTHORIZATION_CODE', userToken, returnUrl: RETURN_URL } as const
  await expect(it.ask(request)).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  const allowed = { name: GATEWAY, allowedResourceOauth2ReturnUrls: [RETURN_URL] }
  await it.world.clients().control.send(new UpdateWorkloadIdentityCommand(allowed))
  const pending = await it.ask(request)
  if ('accessToken' in pending) throw new Error('nobody has consented')
  for (let url = pending.authorizationUrl; !url.startsWith('https:');) {
    const response = await fetch(url, { redirect: 'manual' })
    url = response.headers.get('location') ?? 'https:'
  }
  const { userAuthorization, workloadTokens } = it.world.identity
  const user = await workloadTokens.readUser({ token: await it.server.signUserToken('alice') })
  await userAuthorization.complete(scope, pending.sessionUri, user)
  const first = await it.ask(request)
  expect(first).toHaveProperty('accessToken')
  expect(await it.ask(request)).toEqual(first)
  const second = await it.ask({ ...request, forceNew: true })
  expect(second).toHaveProperty('accessToken')
  expect(second).not.toEqual(first)
})

test('an agent runtime gets a workload access token for whoever calls it', async ({ expect }) => {
  await using it = await startWorld()
  const { workloadTokens } = it.world.identity
  const forUser = await it.callerTokens.forCaller({
    scope,
    workloadName: GATEWAY,
    user: { userId: 'alice' },
  })
  expect(workloadTokens.read(scope, forUser)).toMatchObject({
    workload: { name: GATEWAY },
    user: { kind: 'id', userId: 'alice' },
  })
  const token = await it.server.signUserToken('bob')
  const forToken = await it.callerTokens.forCaller({
    scope,
    workloadName: GATEWAY,
    user: { token },
  })
  expect(workloadTokens.read(scope, forToken).user).toEqual({
    kind: 'token',
    issuer: it.server.url,
    subject: 'bob',
    token,
  })
})
