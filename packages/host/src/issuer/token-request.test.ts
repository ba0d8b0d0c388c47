import fc from 'fast-check'
import { test } from 'vitest'
import { TokenRefusal } from './token-refusal.ts'
import { readTokenRequest } from './token-request.ts'

/** Any UTF-16, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

const FORM = 'application/x-www-form-urlencoded'
const BASIC = `Basic ${btoa('id:secret')}`

function read(body: string | undefined, authorization?: string, contentType: string = FORM) {
  const headers = { 'content-type': contentType, ...(authorization && { authorization }) }
  return readTokenRequest({ method: 'POST', path: '/oauth2/token', query: '', headers, body })
}

function refusal(...args: Parameters<typeof read>): string {
  try {
    read(...args)
  } catch (error) {
    if (error instanceof TokenRefusal) return error.code
    throw error
  }
  return 'none'
}

test('a request is read from the header or from the body', ({ expect }) => {
  const asked = {
    grantType: 'client_credentials',
    clientId: 'id',
    clientSecret: 'secret',
    scopes: ['a/b', 'a/c'],
    resource: 'https://a.example/mcp',
  }
  const body = 'grant_type=client_credentials&scope=a%2Fb+a/c&resource=https://a.example/mcp'
  expect(read(body, BASIC)).toEqual(asked)
  expect(read(`${body}&client_id=id`, BASIC)).toEqual(asked)
  expect(read(`${body}&client_id=id&client_secret=secret`)).toEqual(asked)
  expect(read(body, BASIC.toLowerCase().slice(0, 5) + BASIC.slice(5))).toEqual(asked)
  expect(read(body, BASIC, `${FORM}; charset=UTF-8`)).toEqual(asked)
})

test('a parameter without a value counts as left out', ({ expect }) => {
  const body = 'grant_type=client_credentials&scope=&resource=&client_id='
  expect(read(body, BASIC)).toMatchObject({
    clientId: 'id',
    scopes: undefined,
    resource: undefined,
  })
})

test.for<[code: string, args: Parameters<typeof read>]>([
  ['invalid_request', ['']],
  ['invalid_request', [undefined]],
  ['invalid_request', ['grant_type=', BASIC]],
  ['invalid_request', ['grant_type=x']],
  ['invalid_request', ['grant_type=x', BASIC, 'application/json']],
  ['invalid_request', ['grant_type=x', BASIC, `${FORM}x`]],
  ['invalid_request', ['grant_type=x&grant_type=x', BASIC]],
  ['invalid_request', ['grant_type=x&other=1&other=2', BASIC]],
  ['invalid_request', ['grant_type=x&client_secret=secret', BASIC]],
  ['invalid_request', ['grant_type=x&client_id=other', BASIC]],
  ['invalid_request', ['grant_type=x&client_secret=secret']],
  ['invalid_request', ['grant_type=x&resource=mcp', BASIC]],
  ['invalid_request', ['grant_type=x&resource=https://a.example/%23part', BASIC]],
  ['invalid_request', [`grant_type=x&resource=https://a.example/${'a'.repeat(3_000)}`, BASIC]],
  ['invalid_client', ['grant_type=x', 'Basic']],
  ['invalid_client', ['grant_type=x', 'Basic ???']],
  ['invalid_client', ['grant_type=x', `Basic ${btoa('no colon')}`]],
  ['invalid_client', ['grant_type=x', `Basic ${btoa(':secret')}`]],
  ['invalid_client', ['grant_type=x', 'Bearer abc']],
  ['none', ['grant_type=x&client_id=id']],
])('%s: %j', ([code, args], { expect }) => {
  expect(refusal(...args)).toBe(code)
})

test('no body and no header make the reader fail with anything but a refusal', () => {
  const parameter = fc.tuple(
    fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope', 'resource', 'x'),
    fc.oneof(anyText, fc.constantFrom('%', '%zz', '%00', '')),
  )
  const form = fc.array(parameter).map((it) => it.map((pair) => pair.join('=')).join('&'))
  const header = fc.oneof(
    anyText,
    anyText.map((it) => `Basic ${Buffer.from(it).toString('base64')}`),
  )
  fc.assert(fc.property(fc.oneof(form, fc.string()), header, (body, it) => void refusal(body, it)))
})
