import { sign, verify, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
}

/** In Node's thread pool: 0.3 ms that tool calls need not wait for. */
const signInPool = promisify(sign)

/** A JSON Web Token with Cognito's header, RS256. */
export async function formatJwt(claims: object, key: SigningKey): Promise<string> {
  const text = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`
  const signature = await signInPool('RSA-SHA256', Buffer.from(text), key.privateKey)
  return `${text}.${signature.toString('base64url')}`
}

/** The claims of a token that one of our own keys signed; dates and the rest are the caller's to check. */
export async function readOwnJwt(
  token: string,
  findKey: (kid: string) => Promise<KeyObject | undefined>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [header = '', payload = '', signature = '', ...more] = token.split('.')
  if (more.length > 0) return undefined
  const { kid, alg } = decode(header) ?? {}
  const key = typeof kid === 'string' && alg === 'RS256' ? await findKey(kid) : undefined
  if (key === undefined) return undefined
  const signed = Buffer.from(`${header}.${payload}`)
  const isOurs = verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))
  return isOurs ? decode(payload) : undefined
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined // not JSON, so not a token
  }
}
