import { shot, type HeaderList } from '../http-text.ts'
import { callMessage, legacyRequest } from '../mcp-request.ts'
import type { RequestKind } from '../request-kind.ts'
import type { HullWorld } from '../world.ts'

/** Callers without the right to call, on one hull. */
export function callerKinds(hull: HullWorld['hull']): readonly RequestKind[] {
  return [
    {
      name: `${hull}: a forged token`,
      weight: 90,
      right: ['401 -32001'],
      make: (random, world) => {
        const token = random.pick(Object.values(world.forged))
        const it = world[hull]
        return shot(legacyRequest(it, callMessage(it), { Authorization: `Bearer ${token}` }))
      },
    },
    {
      // Who is calling is asked before what is asked for.
      name: `${hull}: a forged token and a body that is wrong, too`,
      weight: 20,
      right: ['401 -32001'],
      make: (random, world) => {
        const token = random.pick(Object.values(world.forged))
        const body = random.pick([random.text(200), '', '[]', JSON.stringify(random.json())])
        const it = world[hull]
        return shot(legacyRequest(it, body, { Authorization: `Bearer ${token}` }))
      },
    },
    {
      name: `${hull}: a token that is none`,
      weight: 30,
      right: ['401 -32001'],
      make: (random, world) => {
        const token = random.pick([
          random.word(40),
          '..',
          'e30.e30.e30',
          'null',
          `${random.word(9)}.${random.word(9)}.${random.word(9)}`,
          'a'.repeat(random.int(1_000, 20_000)),
          `${world.token}x`,
        ])
        const it = world[hull]
        return shot(legacyRequest(it, callMessage(it), { Authorization: `Bearer ${token}` }))
      },
    },
    {
      name: `${hull}: no token, or one in a wrong place`,
      weight: 20,
      right: ['401 -32001'],
      make: (random, world) => {
        const it = world[hull]
        const authorization = random.pick([
          undefined,
          '',
          'Bearer',
          'Bearer ',
          world.token,
          `Basic ${btoa(`${world.oauth.clientId}:${world.oauth.clientSecret}`)}`,
          `Digest ${world.token}`,
          `Bearer: ${world.token}`,
          `Bearer ${world.token} ${world.token}`,
          `Bearer ${world.token}, Bearer ${world.token}`,
        ])
        const request = legacyRequest(it, callMessage(it), { Authorization: authorization })
        const mark = request.target.includes('?') ? '&' : '?'
        const target = `${request.target}${mark}access_token=${world.token}`
        return shot(random.chance(0.5) ? request : { ...request, target })
      },
    },
    {
      // RFC 9110 §5.3: Authorization is no list, so neither of two is the caller's.
      name: `${hull}: two Authorization headers`,
      right: ['400', '401 -32001'],
      make: (random, world) => {
        const it = world[hull]
        const bad = `Bearer ${random.pick(Object.values(world.forged))}`
        const request = legacyRequest(it, callMessage(it), { Authorization: bad })
        return shot({ ...request, headers: [...request.headers, ['Authorization', bad]] })
      },
    },
    {
      name: `${hull}: a foreign Host`,
      weight: 20,
      right: ['403'],
      make: (random, world) => {
        const { port } = world
        const host = random.pick([
          'evil.example',
          `evil.example:${port}`,
          `127.0.0.1.evil.example:${port}`,
          `localhost.evil.example:${port}`,
          `evil.example#localhost:${port}`,
          `localhost@evil.example:${port}`,
          `127.0.0.1:${port}:80`,
          `127.0.0.2:${port}`,
          `0.0.0.0:${port}`,
          '169.254.169.254',
          '',
        ])
        const it = world[hull]
        return shot(legacyRequest(it, callMessage(it), { Host: host }))
      },
    },
    {
      name: `${hull}: a foreign Origin`,
      weight: 20,
      right: ['403'],
      make: (random, world) => {
        const origin = random.pick([
          'https://evil.example',
          'null',
          '',
          'file://',
          'http://127.0.0.1.evil.example',
          'http://localhost.evil.example:80',
          'http://localhost@evil.example',
          'http://evil.example/http://localhost',
          'http://evil.example http://localhost',
          'chrome-extension://abcdefghijklmnop',
          'javascript://localhost',
        ])
        const it = world[hull]
        return shot(legacyRequest(it, callMessage(it), { Origin: origin }))
      },
    },
    {
      // RFC 9112 §3.2: a server MUST refuse a request with more than one Host.
      name: `${hull}: two Hosts`,
      right: ['400', '403'],
      make: (random, world) => {
        const it = world[hull]
        const request = legacyRequest(it, callMessage(it))
        const foreign = ['Host', 'evil.example'] as const
        const headers: HeaderList = random.chance(0.5)
          ? [foreign, ...request.headers]
          : [...request.headers, foreign]
        return shot({ ...request, headers })
      },
    },
  ]
}
