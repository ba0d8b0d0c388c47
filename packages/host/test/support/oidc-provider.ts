// An authorization server that we did not write (oidc-provider, certified for OpenID Connect), with a
// browser that signs in and consents on its own pages.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { vi } from 'vitest'

export const OIDC_CLIENT = { clientId: 'agent', clientSecret: 'a-secret-of-32-characters-or-more' }

export interface OidcProvider extends AsyncDisposable {
  readonly discoveryUrl: string
  /** From an authorization URL through sign-in and consent to where the browser leaves this machine. */
  signIn(start: string): Promise<URL>
}

/** Its client may come back to `callbackUrl`, which is known only once a provider is registered. */
export async function startOidcProvider(): Promise<
  OidcProvider & { allowCallback(callbackUrl: string): void }
> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let callbackUrl = 'http://127.0.0.1/not-yet'
  let listener = createListener(issuer, callbackUrl)
  server.on('request', (request, response) => void listener(request, response))
  return {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    allowCallback(url) {
      callbackUrl = url
      listener = createListener(issuer, callbackUrl)
    },
    signIn,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createListener(issuer: string, redirectUri: string) {
  // It warns against every shortcut that a test may take.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.clientId,
        client_secret: OIDC_CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      },
    ],
    scopes: ['openid', 'offline_access', 'files'],
    features: { clientCredentials: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ['a key for tests'] },
  })
  return provider.callback()
}

async function signIn(start: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(start)
  let form: URLSearchParams | undefined
  for (let step = 0; step < 30; step++) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: form }),
    })
    form = undefined
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url)
      if (url.hostname !== '127.0.0.1') return url
      continue
    }
    const page = await response.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`${url.href} answered ${response.status}: ${page}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
    url = new URL(action, url)
    form = new URLSearchParams({ prompt, login: 'alice', password: 'any' })
  }
  throw new Error('the sign-in goes round and round')
}
