import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { OAuthClient } from '../support/up.ts'

/** Tokens that look right and are not (RFC 8725 §2). */
export type ForgedTokens = Readonly<Record<string, string>>

type Json = Record<string, unknown>

const Keys = z.object({ keys: z.array(z.looseObject({ kid: z.string(), n: z.string() })).min(1) })

/** Forgeries made from a real token: its claims, its key id, the issuer's public key. */
export async function forgeTokens(oauth: OAuthClient, token: string): Promise<ForgedTokens> {
  const { keys } = Keys.parse(await (await fetch(`${oauth.issuer}/.well-known/jwks.json`)).json())
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = decode(head)
  const claims = decode(body)
  const publicKey = keys.find(({ kid }) => kid === header['kid']) ?? keys[0]
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk: Json = { ...own.publicKey.export({ format: 'jwk' }), kid: header['kid'] }
  const signed = (head: Json, body: Json) => signedWith(own.privateKey, head, body)
  const now = Math.floor(Date.now() / 1_000)
  const unsigned = (alg: string) => `${encode({ ...header, alg })}.${encode(claims)}.`
  return {
    'alg none': unsigned('none'),
    'alg None': unsigned('None'),
    'alg none with a signature': `${encode({ alg: 'none' })}.${encode(claims)}.${signature}`,
    'no alg': `${encode({ kid: header['kid'] })}.${encode(claims)}.${signature}`,
    'HS256 keyed with the public key': hmac({ ...header, alg: 'HS256' }, claims, publicKey),
    'HS256 keyed with nothing': hmac({ ...header, alg: 'HS256' }, claims, undefined),
    'a key of ours under the right kid': signed(header, claims),
    'a key of ours under a kid of ours': signed({ ...header, kid: 'ours' }, claims),
    'a key of ours without kid': signed({ alg: 'RS256' }, claims),
    'a key of ours in the header': signed({ ...header, jwk }, claims),
    'a key set of ours': signed({ ...header, jku: 'http://127.0.0.1:9/jwks.json' }, claims),
    'a kid that is a path': signed({ ...header, kid: '../../../../dev/null' }, claims),
    'an unknown critical header': signed({ ...header, crit: ['b64'], b64: false }, claims),
    expired: signed(header, { ...claims, iat: now - 7_200, exp: now - 3_600 }),
    'not yet valid': signed(header, { ...claims, nbf: now + 3_600 }),
    'another issuer': signed(header, { ...claims, iss: 'https://evil.example' }),
    'other claims, old signature': `${head}.${encode({ ...claims, scope: 'all' })}.${signature}`,
    'a cut signature': `${head}.${body}.${signature.slice(0, -8)}`,
    'no signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
    'five parts': `${head}.${body}.${signature}.a.b`,
    'claims that are no object': signed(header, [] as unknown as Json),
    'an exp that is text': signed(header, { ...claims, exp: 'tomorrow' }),
  }
}

function signedWith(key: KeyObject, header: Json, claims: Json): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

/** The classic confusion: the public key, which everybody has, used as the secret. */
function hmac(header: Json, claims: Json, key: Json | undefined): string {
  const input = `${encode(header)}.${encode(claims)}`
  const secret = key === undefined ? '' : JSON.stringify(key)
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json
}
