import fc from 'fast-check'
import { test } from 'vitest'
import { parseGatewayId } from '../kernel/ids.ts'
import type { InboundCaller } from './inbound-call.ts'
import type { Rate, RateLimitRecord } from './rate-limit-record.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { readRateLimit, type RateLimitInput } from './read-rate-limit.ts'

const gatewayId = parseGatewayId('test-0000000000')
if (gatewayId === undefined) throw new Error('not a gateway id')
const IDS = { gatewayId, createdAt: new Date(0), updatedAt: new Date(0) }
const ANYBODY: InboundCaller = { kind: 'anybody' }
const GREET = { targetName: 'greeter', toolName: 'greet' }

function limit(
  dimensionKeys: readonly string[],
  ...entries: readonly [values: readonly string[], rate: number, period?: Rate['period']][]
): RateLimitRecord {
  return {
    ...IDS,
    rateLimitId: dimensionKeys.join('-'),
    ...readRateLimit({
      dimensionKeys,
      entries: entries.map(([values, rate, period = 'second']) => ({
        dimensions: Object.fromEntries(dimensionKeys.map((key, at) => [key, values[at] ?? ''])),
        requests: [{ rate, period }],
      })),
    }),
  }
}

function clocked(...limits: readonly RateLimitRecord[]) {
  let nowMs = 0
  const limiter = createRateLimiter(limits, () => nowMs)
  if (limiter === undefined) throw new Error('no limits')
  return {
    take: (tool: typeof GREET | undefined = GREET, caller = ANYBODY) => limiter.take(caller, tool),
    pass: (ms: number) => void (nowMs += ms),
  }
}

function token(claims: Record<string, unknown>): InboundCaller {
  const caller = { issuer: 'i', subject: 's', scopes: [], claims }
  return { kind: 'token', caller, token: 't' }
}

test('without limits there is nothing to ask', ({ expect }) => {
  expect(createRateLimiter([], Date.now)).toBeUndefined()
})

test('a rate lets its number pass at once, and then as many as time brings', ({ expect }) => {
  const { take, pass } = clocked(limit(['toolName'], [['greet'], 2]))
  expect([take(), take(), take()]).toEqual([undefined, undefined, 1])
  pass(500)
  expect([take(), take()]).toEqual([undefined, 1])
  pass(60_000)
  expect([take(), take(), take()]).toEqual([undefined, undefined, 1])
})

test('a minute is longer than a second, a small rate waits long, and zero blocks', ({ expect }) => {
  const slow = clocked(limit(['toolName'], [['greet'], 0.5, 'minute']))
  expect([slow.take(), slow.take()]).toEqual([undefined, 120])
  const blocked = clocked(limit(['toolName'], [['greet'], 0, 'minute']))
  expect(blocked.take()).toBe(60)
  blocked.pass(3_600_000)
  expect(blocked.take()).toBe(60)
})

test('the most specific entry decides; trailing dimensions are left open one by one', ({
  expect,
}) => {
  const { take } = clocked(
    limit(
      ['targetName', 'toolName'],
      [['*', '*'], 3],
      [['greeter', '*'], 2],
      [['greeter', 'greet'], 1],
    ),
  )
  const passing = (tool: typeof GREET) => {
    let count = 0
    while (take(tool) === undefined) count += 1
    return count
  }
  expect(passing(GREET)).toBe(1)
  expect(passing({ ...GREET, toolName: 'wave' })).toBe(2)
  expect(passing({ targetName: 'other', toolName: 'greet' })).toBe(3)
})

test('each combination of values counts for itself', ({ expect }) => {
  const { take } = clocked(limit(['$.context.jwt.sub'], [['*'], 1], [['vip'], 2]))
  const by = (sub: unknown) => take(undefined, token({ sub }))
  expect([by('ada'), by('bob'), by('ada')]).toEqual([undefined, undefined, 1])
  expect([by('vip'), by('vip'), by('vip')]).toEqual([undefined, undefined, 1])
  // Who has no such claim shares the bucket of those who have none.
  expect([by(undefined), take(undefined, ANYBODY)]).toEqual([undefined, 1])
})

test('a limit by tool concerns calls of tools alone', ({ expect }) => {
  const { take } = clocked(limit(['toolName'], [['*'], 0]))
  expect(take(undefined, ANYBODY)).toBe(1) // the default parameter of take is a tool
  const limiter = createRateLimiter([limit(['toolName'], [['*'], 0])], () => 0)
  expect(limiter?.take(ANYBODY, undefined)).toBeUndefined()
})

test('a signed caller is told apart by who signed', ({ expect }) => {
  const { take } = clocked(limit(['$.context.iam.principal'], [['arn:a'], 1]))
  const signed = (arn: string): InboundCaller => ({
    kind: 'signed',
    caller: { scope: { accountId: '1', region: 'r' }, accessKeyId: 'a', arn, userId: 'u' },
  })
  expect([take(GREET, signed('arn:a')), take(GREET, signed('arn:a'))]).toEqual([undefined, 1])
  expect(take(GREET, signed('arn:b'))).toBeUndefined()
})

test('all limits must agree, and one that refuses leaves the others as they were', ({ expect }) => {
  const { take, pass } = clocked(
    limit(['targetName'], [['*'], 2]),
    limit(['toolName'], [['greet'], 1, 'minute']),
  )
  expect([take(), take(), take()]).toEqual([undefined, 60, 60])
  pass(0)
  const wave = { ...GREET, toolName: 'wave' }
  expect([take(wave), take(wave)]).toEqual([undefined, 1])
})

test('no more passes than the rate allows, however the requests come', ({ expect }) => {
  const pauses = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 })
  fc.assert(
    fc.property(pauses, fc.integer({ min: 1, max: 20 }), (between, rate) => {
      const { take, pass } = clocked(limit(['toolName'], [['greet'], rate]))
      let passed = 0
      let elapsedMs = 0
      for (const ms of between) {
        pass(ms)
        elapsedMs += ms
        if (take() === undefined) passed += 1
      }
      expect(passed).toBeLessThanOrEqual(rate + Math.ceil((elapsedMs * rate) / 1_000))
    }),
  )
})

const one = [{ rate: 1, period: 'second' as const }]

test.for<[string, RateLimitInput, string]>([
  ['qualifiedModelId', { dimensionKeys: ['qualifiedModelId'], entries: [] }, 'ERR_NOT_SUPPORTED'],
  [
    'sourceIdentity',
    { dimensionKeys: ['$.context.iam.sourceIdentity'], entries: [] },
    'ERR_NOT_SUPPORTED',
  ],
  [
    '/entries/0/tokens',
    { dimensionKeys: ['toolName'], entries: [{ dimensions: { toolName: '*' }, tokens: one }] },
    'ERR_NOT_SUPPORTED',
  ],
  [
    '/entries/0/connections',
    { dimensionKeys: ['toolName'], entries: [{ dimensions: { toolName: '*' }, connections: one }] },
    'ERR_NOT_SUPPORTED',
  ],
  [
    '/entries/0/requests',
    { dimensionKeys: ['toolName'], entries: [{ dimensions: { toolName: '*' } }] },
    'ERR_INVALID_INPUT',
  ],
  [
    '/dimensionKeys/1',
    { dimensionKeys: ['toolName', 'toolName'], entries: [] },
    'ERR_INVALID_INPUT',
  ],
  [
    '/entries/0/dimensions/toolName',
    { dimensionKeys: ['toolName'], entries: [{ dimensions: {}, requests: one }] },
    'ERR_INVALID_INPUT',
  ],
  [
    '/entries/0/dimensions/targetName',
    {
      dimensionKeys: ['toolName'],
      entries: [{ dimensions: { toolName: '*', targetName: 'a' }, requests: one }],
    },
    'ERR_INVALID_INPUT',
  ],
  [
    'only trailing dimensions',
    {
      dimensionKeys: ['targetName', 'toolName'],
      entries: [{ dimensions: { targetName: '*', toolName: 'a' }, requests: one }],
    },
    'ERR_INVALID_INPUT',
  ],
  [
    '/entries/1',
    {
      dimensionKeys: ['toolName'],
      entries: [
        { dimensions: { toolName: 'a' }, requests: one },
        { dimensions: { toolName: 'a' }, requests: one },
      ],
    },
    'ERR_INVALID_INPUT',
  ],
])('what could not be enforced is refused: %s', ([told, input, code], { expect }) => {
  expect(() => readRateLimit(input)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(told) }),
  )
})
