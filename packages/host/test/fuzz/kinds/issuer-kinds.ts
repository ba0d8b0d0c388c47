import { shot, withHeaders, type HeaderList, type RequestText } from '../http-text.ts'
import type { Random } from '../random.ts'
import type { RequestKind } from '../request-kind.ts'
import type { World } from '../world.ts'

const FORM = 'application/x-www-form-urlencoded'

/** A good token request, to be spoilt in one respect (RFC 6749 §4.4.2). */
function tokenRequest(
  { authority, tokenPath, oauth }: World,
  fields: Readonly<Record<string, string>> = {},
  changes: Readonly<Record<string, string | undefined>> = {},
): RequestText {
  const headers: HeaderList = [
    ['Host', authority],
    ['Content-Type', FORM],
    ['Authorization', `Basic ${btoa(`${oauth.clientId}:${oauth.clientSecret}`)}`],
  ]
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields }).toString()
  return { target: tokenPath, headers: withHeaders(headers, changes), body }
}

/** Token requests and other visits to the issuer. Cognito answers every refusal with 400. */
export const issuerKinds: readonly RequestKind[] = [
  {
    name: 'issuer: another grant',
    right: [
      '400 unsupported_grant_type',
      '400 invalid_request',
      '400 unauthorized_client',
      '400 invalid_grant',
    ],
    make: (random, world) => {
      const grants = [
        'password',
        'authorization_code',
        'refresh_token',
        'implicit',
        'CLIENT_CREDENTIALS',
        '',
        random.text(20),
      ]
      return shot(tokenRequest(world, { grant_type: random.pick(grants) }))
    },
  },
  {
    name: 'issuer: a doubled or missing parameter',
    right: ['400 invalid_request'],
    make: (random, world) => {
      const good = tokenRequest(world)
      const body = random.pick([
        '',
        'scope=catamaran%2Finvoke',
        `${String(good.body)}&grant_type=client_credentials`,
        `${String(good.body)}&scope=a&scope=b`,
      ])
      return shot({ ...good, body })
    },
  },
  {
    name: 'issuer: a client nobody knows, or a wrong secret',
    weight: 20,
    right: ['400 invalid_client'],
    make: (random, world) => {
      const { clientId, clientSecret } = world.oauth
      const pair = random.pick([
        `${clientId}:${clientSecret}x`,
        `${clientId}:`,
        `${clientId}:${clientSecret.toLowerCase()}x`,
        `${random.word(26)}:${clientSecret}`,
        `:${clientSecret}`,
        `__proto__:${clientSecret}`,
      ])
      return shot(tokenRequest(world, {}, { Authorization: `Basic ${btoa(pair)}` }))
    },
  },
  {
    name: 'issuer: credentials that cannot be read',
    weight: 20,
    right: ['400 invalid_client', '400 invalid_request'],
    make: (random, world) => {
      const authorization = random.pick([
        undefined,
        'Basic',
        'Basic !!!!',
        `Basic ${btoa('nocolon')}`,
        'Basic //79',
        `Bearer ${world.token}`,
        `Basic ${btoa('a'.repeat(10_000))}`,
      ])
      return shot(tokenRequest(world, {}, { Authorization: authorization }))
    },
  },
  {
    name: 'issuer: a scope nobody granted',
    right: ['400 invalid_scope'],
    make: (random, world) => {
      const scope = random.pick([
        'openid',
        'catamaran/admin',
        '*',
        'a b c',
        'catamaran/invoke/',
        `${random.word(20)}/x`,
      ])
      return shot(tokenRequest(world, { scope }))
    },
  },
  {
    name: 'issuer: a body that is no form',
    right: ['400 invalid_request', '400 invalid_client', '415'],
    make: (random, world) => {
      const type = random.pick(['application/json', 'text/plain', 'multipart/form-data', undefined])
      const body = JSON.stringify({ grant_type: 'client_credentials', x: random.json() })
      return shot({ ...tokenRequest(world, {}, { 'Content-Type': type }), body })
    },
  },
  {
    name: 'issuer: bytes instead of a form',
    right: ['400'],
    make: (random, world) => {
      const body = random.pick([
        random.bytes(200),
        Buffer.from('%%%=%zz&&&==='),
        Buffer.from('&'.repeat(2_000)),
      ])
      return shot({ ...tokenRequest(world), body })
    },
  },
  {
    name: 'issuer: a form that is too long',
    right: ['413', '400 invalid_request'],
    make: (random, world) =>
      shot(
        { ...tokenRequest(world), body: `grant_type=${'a'.repeat(random.int(65_536, 300_000))}` },
        { isLast: true },
      ),
  },
  {
    name: 'issuer: another method',
    right: ['405', '404'],
    make: (random, world) => {
      const { authority, tokenPath, issuerPath } = world
      const documents = ['openid-configuration', 'jwks.json'].map(
        (it) => `${issuerPath}/.well-known/${it}`,
      )
      const [methods, targets] = random.pick([
        [['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'], [tokenPath]],
        [['POST', 'PUT', 'DELETE', 'PATCH'], documents],
      ] as const)
      const method = random.pick(methods)
      const request = {
        method,
        target: random.pick(targets),
        headers: [['Host', authority]] as const,
      }
      return shot(request, { isHead: method === 'HEAD' })
    },
  },
  {
    name: 'issuer: nothing that is there',
    right: ['404'],
    make: (random, world) => {
      const { authority, issuerPath } = world
      const target = random.pick([
        issuerPath,
        `${issuerPath}/`,
        `${issuerPath}x/.well-known/jwks.json`,
        `${issuerPath}/../.well-known/jwks.json`,
        `${issuerPath}/oauth2/token/`,
        `${issuerPath}/oauth2/device`,
        `${issuerPath}/.well-known/webfinger`,
        '/issuer/us-east-1_nobody/oauth2/token',
        '/issuer/__proto__/.well-known/jwks.json',
        '/issuer/%2e%2e/.well-known/jwks.json',
        `/issuer/${nowhere(random)}/oauth2/token`,
      ])
      return shot({ method: 'GET', target, headers: [['Host', authority]] })
    },
  },
]

function nowhere(random: Random): string {
  return encodeURIComponent(random.text(30).toWellFormed())
}
