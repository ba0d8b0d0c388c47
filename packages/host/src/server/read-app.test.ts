import { test } from 'vitest'
import { readApp } from './read-app.ts'

const tool = { name: 'greet', description: 'Greets', inputSchema: { type: 'object' } }
const functions = { greet: { runtime: 'python3.13', handler: 'index.handler' } }
const target = { lambda: { function: 'greet', toolSchema: [tool] } }

test('what an app file leaves out is filled in', ({ expect }) => {
  const app = readApp({ functions, gateways: { demo: { targets: { T: target } } } }, 'app.ts')
  expect(app.functions['greet']).toEqual({
    runtime: 'python3.13',
    handler: 'index.handler',
    code: '.',
    layers: [],
    timeout: 3,
    memorySize: 128,
    environment: {},
  })
  expect(app.gateways['demo']?.exceptionLevel).toBe('DEBUG')
  expect(app.runtimes).toEqual({})
})

test('every mistake is reported at once, by path', ({ expect }) => {
  const wrong = {
    functions: { greet: { runtime: 'ruby3.4', timeout: 0, tiemout: 1 } },
    gateways: {
      'a--b': { targets: {} },
      demo: { targets: { T: { lambda: { function: 'nope' } } } },
    },
    runtimes: { 'my-server': { command: ['x'], server: 'server.ts' } },
  }
  expect(() => readApp(wrong, 'catamaran.app.ts')).toThrowErrorMatchingInlineSnapshot(`
    [HostError: catamaran.app.ts cannot be used:
      functions.greet.runtime: nodejs24.x, python3.13, provided.al2023 or another version of these
      functions.greet.timeout: Too small: expected number to be >=1
      functions.greet: Unrecognized key: "tiemout"
      gateways.a--b: a name here has 1–48 letters, digits, single -
      runtimes.my-server: a name here has a letter, then at most 47 letters, digits and _]
  `)
})

test('a target must name a function that is there', ({ expect }) => {
  const app = {
    functions,
    gateways: { demo: { targets: { T: { lambda: { function: 'nope' } } } } },
  }
  expect(() => readApp(app, 'app.ts')).toThrow(
    'gateways.demo.targets.T.lambda.function: no function nope; there is greet',
  )
})

test('an app that hosts nothing, and one that is no object, are refused', ({ expect }) => {
  expect(() => readApp({ functions }, 'app.ts')).toThrow('neither a gateway nor a runtime')
  expect(() => readApp('x', 'app.ts')).toThrow('app.ts cannot be used')
})
