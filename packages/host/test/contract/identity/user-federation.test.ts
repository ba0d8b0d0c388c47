import {
  CompleteResourceTokenAuthCommand,
  GetResourceOauth2TokenCommand,
  GetWorkloadAccessTokenForJWTCommand,
  type GetResourceOauth2TokenCommandInput,
  type UserIdentifier,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  DeleteOauth2CredentialProviderCommand,
  DeleteWorkloadIdentityCommand,
  UpdateOauth2CredentialProviderCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { join } from 'node:path'
import { test } from 'vitest'
import {
  CLIENT_SECRET,
  startAuthorizationServer,
  type AuthorizationServer,
} from '../../support/authorization-server.ts'
import { findSecrets } from '../../support/find-secret.ts'
import {
  createProvider,
  createWorkload,
  PROVIDER,
  RETURN_URL,
  workloadToken,
  WORKLOAD,
} from '../../support/identity-fixtures.ts'
import {
  startIdentityWorld,
  type IdentityWorld,
  type IdentityWorldOptions,
} from '../../support/identity-world.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

type Ask = Partial<GetResourceOauth2TokenCommandInput>

/** An agent, a browser and an application, as far as they take part. */
function actors(world: IdentityWorld) {
  const clients = world.clients()
  return {
    async ask(userId: string, input: Ask = {}) {
      return clients.data.send(
        new GetResourceOauth2TokenCommand({
          workloadIdentityToken: await workloadToken(clients, userId),
          resourceCredentialProviderName: PROVIDER,
          scopes: ['files'],
          oauth2Flow: 'USER_FEDERATION',
          resourceOauth2ReturnUrl: RETURN_URL,
          ...input,
        }),
      )
    },
    complete: (sessionUri: string | undefined, userIdentifier: UserIdentifier) =>
      clients.data.send(new CompleteResourceTokenAuthCommand({ sessionUri, userIdentifier })),
  }
}

/** Follows redirects until they leave this machine, and says where to. */
async function browse(start: string | undefined): Promise<URL> {
  let url = new URL(start ?? '')
  while (url.hostname === '127.0.0.1') {
    const response = await fetch(url, { redirect: 'manual' })
    if (response.status !== 302) throw new Error(`${response.status}: ${await response.text()}`)
    url = new URL(response.headers.get('location') ?? '', url)
  }
  return url
}

async function startWorld(options: IdentityWorldOptions = {}) {
  const world = await startIdentityWorld(options)
  const server = await startAuthorizationServer()
  await createProvider(world.clients(), server)
  await createWorkload(world.clients())
  return {
    world,
    server,
    ...actors(world),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

/** A user who consents, and an application that says so. */
async function consent(it: Awaited<ReturnType<typeof startWorld>>, userId: string, input?: Ask) {
  const { authorizationUrl, sessionUri } = await it.ask(userId, input)
  await browse(authorizationUrl)
  await it.complete(sessionUri, { userId })
  return { authorizationUrl, sessionUri }
}

const REFUSED = {
  name: 'AccessDeniedException',
  message: 'Invalid or expired session',
  $metadata: { httpStatusCode: 403 },
}

test('a user is asked once; the token comes after the application has said who it was', async ({
  expect,
}) => {
  await using it = await startWorld()
  const begun = await it.ask('alice', {
    customState: 'my state & more',
    customParameters: { access_type: 'offline' },
    resources: ['https://files.example'],
  })
  expect(begun.accessToken).toBeUndefined()
  expect(begun.sessionUri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/)
  expect(begun.authorizationUrl).toBe(
    `${it.world.url}/identities/oauth2/authorize?request_uri=${encodeURIComponent(begun.sessionUri ?? '')}`,
  )
  const first = await fetch(begun.authorizationUrl ?? '', { redirect: 'manual' })
  const asked = new URL(first.headers.get('location') ?? '')
  expect(first.headers.get('cache-control')).toBe('no-store')
  expect(asked.origin).toBe(it.server.url)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'files',
    access_type: 'offline',
    resource: 'https://files.example',
    code_challenge_method: 'S256',
    redirect_uri: expect.stringMatching(/\/identities\/oauth2\/callback\/[0-9a-f-]{36}$/) as string,
  })

  const { sessionUri } = begun
  const poll = { sessionUri, resources: ['https://files.example'] }
  expect(await it.ask('alice', poll)).toMatchObject({ sessionStatus: 'IN_PROGRESS', sessionUri })
  const returned = await browse(asked.href)
  expect(`${returned.origin}${returned.pathname}`).toBe('https://app.example/return')
  expect(Object.fromEntries(returned.searchParams)).toEqual({
    from: 'agent',
    session_id: sessionUri,
    state: 'my state & more',
  })
  expect(await it.ask('alice', poll)).toMatchObject({ sessionStatus: 'IN_PROGRESS' })
  expect(it.server.tokenCalls).toEqual([])

  await it.complete(sessionUri, { userId: 'alice' })
  await it.complete(sessionUri, { userId: 'alice' })
  expect(it.server.tokenCalls).toHaveLength(1)
  const { accessToken } = await it.ask('alice', poll)
  expect(accessToken).toMatch(/^access-/)
  const later = await it.ask('alice', { resources: ['https://files.example'] })
  expect(later.accessToken).toBe(accessToken)
  expect((await it.ask('bob', { resources: [] })).accessToken).toBeUndefined()
  expect((await it.ask('alice', { scopes: ['mail'] })).accessToken).toBeUndefined()
})

test('only the user who was asked completes it', async ({ expect }) => {
  await using it = await startWorld()
  const { authorizationUrl, sessionUri } = await it.ask('alice')
  await expect(it.complete(sessionUri, { userId: 'alice' })).rejects.toMatchObject({
    name: 'ValidationException',
  })
  await browse(authorizationUrl)
  await expect(it.complete(sessionUri, { userId: 'mallory' })).rejects.toMatchObject(REFUSED)
  const other = it.world.clients({ accountId: '123456789012' })
  const command = { sessionUri, userIdentifier: { userId: 'alice' } }
  await expect(
    other.data.send(new CompleteResourceTokenAuthCommand(command)),
  ).rejects.toMatchObject(REFUSED)
  await expect(it.ask('mallory', { sessionUri })).rejects.toMatchObject(REFUSED)
  await expect(
    it.complete('urn:ietf:params:oauth:request_uri:nothing', { userId: 'alice' }),
  ).rejects.toMatchObject(REFUSED)
  await it.complete(sessionUri, { userId: 'alice' })
  expect((await it.ask('alice')).accessToken).toMatch(/^access-/)
})

test('a user of a token is the issuer and the subject, in whichever token', async ({ expect }) => {
  await using it = await startWorld()
  await using other = await startAuthorizationServer()
  const askAs = async (userToken: string) => {
    const command = new GetWorkloadAccessTokenForJWTCommand({ workloadName: WORKLOAD, userToken })
    const { workloadAccessToken } = await it.world.clients().data.send(command)
    return it.ask('nobody', { workloadIdentityToken: workloadAccessToken })
  }
  const { authorizationUrl, sessionUri } = await askAs(await it.server.signUserToken('alice'))
  await browse(authorizationUrl)
  const stranger = await other.signUserToken('alice')
  await expect(it.complete(sessionUri, { userToken: stranger })).rejects.toMatchObject(REFUSED)
  await expect(it.complete(sessionUri, { userId: 'alice' })).rejects.toMatchObject(REFUSED)
  await it.complete(sessionUri, { userToken: await it.server.signUserToken('alice') })
  expect((await askAs(await it.server.signUserToken('alice'))).accessToken).toMatch(/^access-/)
})

test('a URL works for ten minutes', async ({ expect }) => {
  await using it = await startWorld()
  const { authorizationUrl = '', sessionUri } = await it.ask('alice')
  const late = await it.ask('alice')
  await browse(late.authorizationUrl)
  it.world.clock.nowMs += 10 * 60_000
  const page = await fetch(authorizationUrl, { redirect: 'manual' })
  expect(page.status).toBe(400)
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await page.text()).toContain('not valid any more')
  expect(await it.ask('alice', { sessionUri })).toMatchObject({ sessionStatus: 'FAILED' })
  await expect(it.complete(late.sessionUri, { userId: 'alice' })).rejects.toMatchObject(REFUSED)
})

test('a user who refuses comes back, and the next poll says so', async ({ expect }) => {
  await using it = await startWorld()
  it.server.consent = 'no'
  const { authorizationUrl, sessionUri } = await it.ask('alice')
  const returned = await browse(authorizationUrl)
  expect(Object.fromEntries(returned.searchParams)).toMatchObject({
    session_id: sessionUri,
    error: 'access_denied',
  })
  const polled = await it.ask('alice', { sessionUri })
  expect(polled).toMatchObject({ sessionStatus: 'FAILED' })
  expect(polled.authorizationUrl).toBeUndefined()
  await expect(it.complete(sessionUri, { userId: 'alice' })).rejects.toMatchObject(REFUSED)
})

test('a callback counts once, at the address of its provider, with its state and its issuer', async ({
  expect,
}) => {
  await using it = await startWorld()
  const { authorizationUrl, sessionUri } = await it.ask('alice')
  const first = await fetch(authorizationUrl ?? '', { redirect: 'manual' })
  const second = await fetch(first.headers.get('location') ?? '', { redirect: 'manual' })
  const callback = second.headers.get('location') ?? ''
  const change = (name: string, value: string | undefined) => {
    const url = new URL(callback)
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
    return url.href
  }
  const state = new URL(callback).searchParams.get('state') ?? ''
  const forged = [
    change('state', `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`),
    change('state', undefined),
    change('iss', 'https://elsewhere.example'),
    change('iss', undefined),
    change('code', undefined),
    `${callback}&code=another`,
    callback.replace(/callback\/[0-9a-f-]+/, 'callback/00000000-0000-4000-8000-000000000000'),
  ]
  for (const url of forged) expect((await fetch(url, { redirect: 'manual' })).status).toBe(400)
  expect((await fetch(callback, { redirect: 'manual', method: 'POST' })).status).toBe(405)
  expect((await fetch(callback, { redirect: 'manual' })).status).toBe(302)
  expect((await fetch(callback, { redirect: 'manual' })).status).toBe(400)
  await it.complete(sessionUri, { userId: 'alice' })
})

test('a return URL must be one that the workload identity allows', async ({ expect }) => {
  await using it = await startWorld()
  for (const resourceOauth2ReturnUrl of [
    'https://evil.example/',
    `${RETURN_URL}/more`,
    undefined,
  ]) {
    await expect(it.ask('alice', { resourceOauth2ReturnUrl })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('resourceOauth2ReturnUrl') as string,
    })
  }
})

test('without a user there is nobody to ask', async ({ expect }) => {
  await using it = await startWorld()
  const workloadIdentityToken = await workloadToken(it.world.clients())
  await expect(it.ask('alice', { workloadIdentityToken })).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('a token is refreshed when it is old, once for many, until that is refused', async ({
  expect,
}) => {
  await using it = await startWorld()
  await consent(it, 'alice')
  const { accessToken } = await it.ask('alice')
  it.world.clock.nowMs += 3_600_000
  const all = await Promise.all(Array.from({ length: 20 }, () => it.ask('alice')))
  const refreshed = new Set(all.map((answer) => answer.accessToken))
  expect(refreshed.size).toBe(1)
  expect(refreshed.has(accessToken)).toBe(false)
  expect(it.server.tokenCalls).toHaveLength(2)
  it.world.clock.nowMs += 3_600_000
  expect((await it.ask('alice')).accessToken).toBeDefined()

  it.world.clock.nowMs += 3_600_000
  it.server.override = () => ({ status: 503, body: 'later' })
  await expect(it.ask('alice')).rejects.toMatchObject({ name: 'ValidationException' })
  it.server.override = undefined
  it.server.withdrawRefreshTokens()
  const again = await it.ask('alice')
  expect(again.accessToken).toBeUndefined()
  expect(again.authorizationUrl).toBeDefined()
})

test('forceAuthentication asks the user again', async ({ expect }) => {
  await using it = await startWorld()
  await consent(it, 'alice')
  const { accessToken } = await it.ask('alice')
  const forced = await it.ask('alice', { forceAuthentication: true })
  expect(forced.accessToken).toBeUndefined()
  const { sessionUri } = forced
  await browse(forced.authorizationUrl)
  await it.complete(sessionUri, { userId: 'alice' })
  const polled = await it.ask('alice', { sessionUri, forceAuthentication: true })
  expect(polled.accessToken).toMatch(/^access-/)
  expect(polled.accessToken).not.toBe(accessToken)
})

test('a code that the server refuses fails the session', async ({ expect }) => {
  await using it = await startWorld()
  const { authorizationUrl, sessionUri } = await it.ask('alice')
  await browse(authorizationUrl)
  it.server.override = ({ parameters }) => ({
    status: 400,
    body: JSON.stringify({
      error: 'invalid_grant',
      error_description: `${parameters.get('code')} ${parameters.get('code_verifier')}`,
    }),
  })
  await expect(it.complete(sessionUri, { userId: 'alice' })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The authorization server refused: invalid_grant ([redacted] [redacted])',
  })
  expect(await it.ask('alice', { sessionUri })).toMatchObject({ sessionStatus: 'FAILED' })
})

test('what users gave to one server is not for the next one of the provider', async ({
  expect,
}) => {
  await using it = await startWorld()
  await consent(it, 'alice')
  expect((await it.ask('alice')).accessToken).toBeTruthy()
  const oauth2ProviderConfigInput = {
    githubOauth2ProviderConfig: { clientId: 'other', clientSecret: CLIENT_SECRET },
  }
  const elsewhere = {
    name: PROVIDER,
    credentialProviderVendor: 'GithubOauth2' as const,
    oauth2ProviderConfigInput,
  }
  const command = new UpdateOauth2CredentialProviderCommand(elsewhere)
  await it.world.clients().control.send(command)
  const { accessToken, authorizationUrl } = await it.ask('alice')
  expect(accessToken).toBeUndefined()
  expect((await browse(authorizationUrl)).hostname).toBe('github.com')
})

test('tokens go with their provider, and with their workload identity', async ({ expect }) => {
  await using it = await startWorld()
  const clients = it.world.clients()
  await consent(it, 'alice')
  const open = await it.ask('bob')
  await clients.control.send(new DeleteOauth2CredentialProviderCommand({ name: PROVIDER }))
  await createProvider(clients, it.server)
  expect((await it.ask('alice')).accessToken).toBeUndefined()
  expect((await fetch(open.authorizationUrl ?? '', { redirect: 'manual' })).status).toBe(400)

  await consent(it, 'alice')
  await clients.control.send(new DeleteWorkloadIdentityCommand({ name: WORKLOAD }))
  await createWorkload(clients)
  expect((await it.ask('alice')).accessToken).toBeUndefined()
})

test('a host that stops in the middle goes on where it was, and its file tells nothing', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using server = await startAuthorizationServer()
  const database = join(folder.path, 'catamaran.db')
  const secrets: Record<string, string> = { 'the client secret': CLIENT_SECRET }
  let port = 0
  let logged = ''
  /** One life of the host; the next one finds what this one wrote. */
  const live = async <Result>(work: (world: IdentityWorld) => Promise<Result>) => {
    const world = await startIdentityWorld({ database, port })
    try {
      port = world.port
      return await work(world)
    } finally {
      logged += world.logged()
      await world[Symbol.asyncDispose]()
    }
  }

  const begun = await live(async (world) => {
    await createProvider(world.clients(), server)
    await createWorkload(world.clients())
    return actors(world).ask('alice', { customState: 'custom-state-of-the-app' })
  })
  const token = await live((world) => workloadToken(world.clients(), 'alice'))
  await live(() => browse(begun.authorizationUrl))
  await live((world) => actors(world).complete(begun.sessionUri, { userId: 'alice' }))
  const again = { workloadIdentityToken: token, sessionUri: begun.sessionUri }
  const { accessToken = '' } = await live((world) => actors(world).ask('alice', again))
  expect(accessToken).toMatch(/^access-/)
  const refreshed = await live(async (world) => {
    world.clock.nowMs += 3_600_000
    return actors(world).ask('alice')
  })
  for (const [name, secret] of Object.entries({
    'the access token': accessToken,
    'the refreshed token': refreshed.accessToken ?? '',
    'the state of the application': 'custom-state-of-the-app',
    ...sentSecrets(server),
  })) {
    secrets[name] = secret
  }
  expect(Object.keys(secrets)).toHaveLength(7)
  expect(await findSecrets({ secrets, folders: [folder.path], outputs: { logged } })).toEqual([])
})

function sentSecrets({ tokenCalls }: AuthorizationServer): Record<string, string> {
  const names = ['code', 'code_verifier', 'refresh_token']
  const sent = tokenCalls.flatMap(({ parameters }) => [...parameters])
  return Object.fromEntries(sent.filter(([name]) => names.includes(name)))
}
