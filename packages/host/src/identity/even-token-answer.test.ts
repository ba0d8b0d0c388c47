import fc from 'fast-check'
import { test } from 'vitest'
import { evenTokenAnswer } from './even-token-answer.ts'

const TOKEN = { access_token: 'token', token_type: 'Bearer' }

async function even(status: number, body: unknown) {
  const answer = evenTokenAnswer({ status, headers: {}, body: JSON.stringify(body) })
  return { status: answer.status, body: await answer.json() }
}

test('what a vendor writes otherwise is written as the RFC has it', async ({ expect }) => {
  const odd = { access_token: 'token', token_type: 'bot', scope: ['a'], id_token: 'x', extra: 1 }
  expect(await even(200, odd)).toEqual({
    status: 200,
    body: { access_token: 'token', token_type: 'bearer' },
  })
  expect(await even(200, { ...TOKEN, expires_in: '3600', refresh_token: 'more' })).toEqual({
    status: 200,
    body: { access_token: 'token', token_type: 'bearer', expires_in: 3_600, refresh_token: 'more' },
  })
  for (const nothing of [null, '', 'soon', 0, -1, [], {}]) {
    const answer = await even(200, { ...TOKEN, expires_in: nothing, refresh_token: null })
    expect(answer.body).toEqual({ access_token: 'token', token_type: 'bearer' })
  }
})

test('a refusal that comes as a success is a refusal', async ({ expect }) => {
  expect((await even(200, { error: 'bad_verification_code' })).status).toBe(400)
  expect((await even(403, { error: 'access_denied' })).status).toBe(403)
})

test('any answer becomes one that can be read', async ({ expect }) => {
  const body = fc.oneof(fc.string(), fc.json())
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 999 }), body, async (status, text) => {
      const answer = evenTokenAnswer({ status, headers: {}, body: text })
      expect(typeof (await answer.text())).toBe('string')
    }),
  )
})
