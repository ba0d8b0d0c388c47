import { test } from 'vitest'
import { testSealer } from '../../test/support/aws-api.ts'
import type { WireAnswer } from '../aws/codec.ts'
import { silentLog } from '../kernel/log.ts'
import { openStore } from '../store/store.ts'
import { createIdempotency, type TokenCall } from './idempotency.ts'

const SECRET = 'a secret that was sent'
const call: TokenCall = { owner: 'CreateThing 0/r', token: 'token', input: { apiKey: SECRET } }
const answer = (body: string): WireAnswer => ({ status: 202, headers: { a: 'b' }, body })

async function world() {
  let time = Date.parse('2026-11-22T10:00:00Z')
  const store = openStore(':memory:')
  const options = { store, sealer: await testSealer(), log: silentLog, now: () => new Date(time) }
  let done = 0
  return {
    store,
    start: () => createIdempotency(options),
    pass: (hours: number) => (time += hours * 3_600_000),
    work: () => Promise.resolve(answer(`done ${++done}`)),
  }
}

test('the same call gets the same answer, also after a restart', async ({ expect }) => {
  const { start, work } = await world()
  expect(await start().once(call, work)).toEqual(answer('done 1'))
  expect(await start().once(call, work)).toEqual(answer('done 1'))
})

test('calls that arrive together do the work once', async ({ expect }) => {
  const { start, work } = await world()
  const idempotency = start()
  const answers = await Promise.all(Array.from({ length: 5 }, () => idempotency.once(call, work)))
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['done 1']))
})

test('another input under the same token is refused, before and after the work', async ({
  expect,
}) => {
  const { start, work } = await world()
  const idempotency = start()
  const mismatch = { members: { reason: 'IdempotentParameterMismatchException' }, status: 400 }
  const other = { ...call, input: { apiKey: 'another' } }
  const [, refused] = await Promise.allSettled([
    idempotency.once(call, work),
    idempotency.once(other, work),
  ])
  expect(refused).toMatchObject({ status: 'rejected', reason: mismatch })
  await expect(idempotency.once(other, work)).rejects.toMatchObject(mismatch)
})

test('another operation or account has tokens of its own', async ({ expect }) => {
  const { start, work } = await world()
  const idempotency = start()
  await idempotency.once(call, work)
  expect(await idempotency.once({ ...call, owner: 'CreateThing 1/r' }, work)).toEqual(
    answer('done 2'),
  )
})

test('a failure is not remembered', async ({ expect }) => {
  const { start, work } = await world()
  const idempotency = start()
  await expect(idempotency.once(call, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await idempotency.once(call, work)).toEqual(answer('done 1'))
})

test('a token is forgotten after 24 hours, and its row goes away', async ({ expect }) => {
  const { start, work, pass, store } = await world()
  const idempotency = start()
  await idempotency.once(call, work)
  pass(23)
  expect(await idempotency.once(call, work)).toEqual(answer('done 1'))
  pass(2)
  await idempotency.once({ ...call, token: 'other' }, work)
  expect(await store.list('idempotency-token')).toHaveLength(1)
  expect(await idempotency.once(call, work)).toEqual(answer('done 3'))
})

test('what is remembered shows neither the input nor the answer', async ({ expect }) => {
  const { start, store } = await world()
  await start().once(call, () => Promise.resolve(answer(SECRET)))
  const rows = JSON.stringify(await store.list('idempotency-token'))
  expect(rows).toContain('sealed')
  expect(rows).not.toContain(SECRET)
})
