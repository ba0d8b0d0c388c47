import { shot, type HeaderList } from '../http-text.ts'
import type { RequestKind } from '../request-kind.ts'
import type { World } from '../world.ts'

const headers = ({ authority }: World): HeaderList => [['Host', authority]]

/** Where an AWS operation is; AWS asks who is calling before it says anything else. */
const UNSIGNED = '403'

/** Addresses at which nothing is served. `/.well-known` probes must see 404 (RFC 9728 §3.2). */
export const pathKinds: readonly RequestKind[] = [
  {
    name: 'path: nothing is there',
    weight: 30,
    right: ['404'],
    make: (random, world) => {
      const target = random.pick([
        '/',
        '/mcp',
        '/gateway',
        '/gateway/',
        '/favicon.ico',
        '/.env',
        '/.git/config',
        '/.well-known/oauth-authorization-server',
        '/.well-known/oauth-protected-resource',
        '/.well-known/openid-configuration',
        `${world.gateway.target}/.well-known/openid-configuration`,
        `${world.gateway.target}/`,
        `/.well-known/oauth-protected-resource${world.gateway.target}/x`,
        `/${random.word(2_000)}`,
        `/${encodeURIComponent(random.text(60).toWellFormed())}`,
        `/?${random.word(50)}`,
      ])
      return shot({ method: random.pick(['GET', 'POST']), target, headers: headers(world) })
    },
  },
  {
    name: 'path: up and out',
    weight: 30,
    right: ['404', UNSIGNED],
    make: (random, world) => {
      const up = random.pick([
        '../',
        '..%2f',
        '%2e%2e/',
        '%2e%2e%2f',
        '..\\',
        '%5c..%5c',
        '....//',
        '%252e%252e%252f',
      ])
      const start = random.pick(['/', '/gateway/', '/runtimes/', '/issuer/', '/.well-known/'])
      const target = `${start}${up.repeat(random.int(1, 12))}${random.pick(['etc/passwd', 'healthz', 'data'])}`
      return shot({ method: 'GET', target, headers: headers(world) })
    },
  },
  {
    name: 'path: bad percent-encoding',
    weight: 20,
    right: ['404', '400', '405', UNSIGNED],
    make: (random, world) => {
      const bad = random.pick([
        '%',
        '%z',
        '%zz',
        '%2',
        '%ff',
        '%c0%af',
        '%ed%a0%80',
        '%u0041',
        '%00',
      ])
      const target = random.pick([
        `/${bad}`,
        `/gateway/${bad}/mcp`,
        `/runtimes/${bad}/invocations`,
        `/runtimes/${bad}/invocations/.well-known/oauth-protected-resource`,
        `/issuer/${bad}/oauth2/token`,
        `/.well-known/oauth-protected-resource/runtimes/${bad}/invocations`,
      ])
      return shot({ method: random.pick(['GET', 'POST']), target, headers: headers(world) })
    },
  },
  {
    name: 'path: a query that cannot be read',
    right: ['401 -32001', '404', '400', '200 -32004'],
    make: (random, world) => {
      const query = random.pick([
        '?%',
        '?%zz=%',
        '?qualifier=%ff',
        '?&&&===',
        '?qualifier=%',
        '??',
        '?a=1?b',
      ])
      const [path = ''] = world.runtime.target.split('?')
      const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
      return shot({ target: `${path}${query}`, headers: headers(world), body })
    },
  },
  {
    name: 'path: a document that can only be read',
    right: ['405', '404'],
    make: (random, world) => {
      const method = random.pick(['POST', 'PUT', 'DELETE', 'PATCH'])
      const [runtimePath = ''] = world.runtime.target.split('?')
      const target = random.pick([
        `/.well-known/oauth-protected-resource${world.gateway.target}`,
        `${runtimePath}/.well-known/oauth-protected-resource`,
        '/healthz',
        '/readyz',
      ])
      return shot({ method, target, headers: headers(world) })
    },
  },
  {
    name: 'path: another authority in the target',
    right: ['404', '403', '400'],
    make: (random, world) => {
      const target = random.pick([
        `http://evil.example${world.gateway.target}`,
        `https://evil.example:443/`,
        `//evil.example${world.gateway.target}`,
        '*',
        'evil.example:443',
      ])
      return shot({ method: 'GET', target, headers: headers(world) }, { isLast: true })
    },
  },
  {
    name: 'path: longer than anybody needs',
    right: ['431', '414', '404'],
    make: (random, world) => {
      const target = `/${'a'.repeat(random.int(20_000, 100_000))}`
      return shot({ method: 'GET', target, headers: headers(world) }, { isLast: true })
    },
  },
]
