// The TypeScript package `bedrock-agentcore` as agents use it: endpoints from the environment, polls of
// five seconds.
import { CompleteResourceTokenAuthCommand } from '@aws-sdk/client-bedrock-agentcore'
import { CreateApiKeyCredentialProviderCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import { withAccessToken, withApiKey } from 'bedrock-agentcore/identity'
import { test, vi } from 'vitest'
import { startAuthorizationServer } from '../../support/authorization-server.ts'
import {
  createProvider,
  createWorkload,
  PROVIDER,
  RETURN_URL,
  workloadToken,
} from '../../support/identity-fixtures.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'

async function startWorld() {
  const world = await startIdentityWorld()
  const server = await startAuthorizationServer()
  const clients = world.clients()
  await createProvider(clients, server)
  await createWorkload(clients)
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_AGENTCORE', world.url)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  return {
    clients,
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs()
      await server[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

const give = async (credential: string) => credential

test('an agent gets a token of a machine, and an API key', async ({ expect }) => {
  await using it = await startWorld()
  const apiKey = { name: PROVIDER, apiKey: 'key-number-1' }
  await it.clients.control.send(new CreateApiKeyCredentialProviderCommand(apiKey))
  const workloadIdentityToken = await workloadToken(it.clients)
  const config = { workloadIdentityToken, providerName: PROVIDER }
  const oauth = { ...config, scopes: ['files'], authFlow: 'M2M' as const }
  expect(await withAccessToken(oauth)(give)()).toMatch(/^access-/)
  expect(await withApiKey(config)(give)()).toBe('key-number-1')
})

test('an agent waits for its user', async ({ expect }) => {
  await using it = await startWorld()
  const token = await withAccessToken({
    workloadIdentityToken: await workloadToken(it.clients, 'alice'),
    providerName: PROVIDER,
    scopes: ['files'],
    authFlow: 'USER_FEDERATION',
    callbackUrl: RETURN_URL,
    async onAuthUrl(start) {
      let url = start
      while (!url.startsWith('https:')) {
        const response = await fetch(url, { redirect: 'manual' })
        url = response.headers.get('location') ?? 'https:'
      }
      const sessionUri = new URL(url).searchParams.get('session_id') ?? ''
      const userIdentifier = { userId: 'alice' }
      const command = new CompleteResourceTokenAuthCommand({ sessionUri, userIdentifier })
      await it.clients.data.send(command)
    },
  })(give)()
  expect(token).toMatch(/^access-/)
})
