import { writeFile } from 'node:fs/promises'
import { test as base } from 'vitest'
import { startFunctionWorld } from '../support/function-world.ts'
import { machinePython, pythonPackages } from '../support/python.ts'

const python = await machinePython()
if (typeof python === 'string') console.log(`Skipped, ${python}`)
const test = base.skipIf(typeof python === 'string')

const runtime = 'python3.13'
const handler = 'index.lambda_handler'

test('a handler gets event and context, and its value comes back as JSON', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `
import os
def lambda_handler(event, context):
    return {
        "event": event, "name": context.function_name, "id": context.aws_request_id,
        "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb,
        "custom": context.client_context.custom, "time": context.get_remaining_time_in_millis() > 9000,
        "cwd": os.getcwd(), "home": os.environ["HOME"] == os.environ["TMPDIR"],
    }
`
  await world.put({ files: { 'index.py': source }, runtime, handler })
  const event = { text: 'Grüße 🌍', nested: [1, null, 1.5] }
  const clientContext = JSON.stringify({ custom: { bedrockAgentCoreToolName: 'web___sücht' } })
  const outcome = await world.invoke(event, { requestId: 'r-1', clientContext })
  expect(JSON.parse('payload' in outcome ? outcome.payload : '{}')).toEqual({
    event,
    name: 'it',
    id: 'r-1',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:it',
    memory: '256',
    custom: { bedrockAgentCoreToolName: 'web___sücht' },
    time: true,
    cwd: `${world.path}/code`,
    home: true,
  })
})

test('a large event and a large response pass', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `
def lambda_handler(event, context):
    return event["text"] * event.get("times", 1) + "ü"
`
  await world.put({ files: { 'index.py': source }, runtime, handler })
  const text = 'x'.repeat(6_000_000)
  const outcome = await world.invoke({ text })
  expect('payload' in outcome && outcome.payload.length).toBe(6_000_003)
  const tooLarge = await world.invoke({ text, times: 2 })
  expect(tooLarge).toEqual({ kind: 'too-large', bytes: 12_000_004 })
})

test('packages come from layers and requirements, the code itself first', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({
    files: {
      'index.py': 'import a, b, c\ndef lambda_handler(event, context):\n    return [a.x, b.x, c.x]',
      'a.py': 'x = "code"',
      '../one/python/a.py': 'x = "layer one"',
      '../one/python/b.py': 'x = "layer one"',
      '../two/python/b.py': 'x = "layer two"',
      '../packages/b.py': 'x = "requirements"',
      '../packages/c.py': 'x = "requirements"',
    },
    layers: ['one', 'two'],
    pythonPath: [`${world.path}/packages`],
    runtime,
    handler,
  })
  expect(await world.invoke({})).toEqual({
    kind: 'returned',
    payload: '["code", "layer two", "requirements"]',
  })
})

test.for([
  ['Runtime.ImportModuleError: Unable to import module', 'nowhere.handler', ''],
  [
    'Runtime.ImportModuleError: Unable to import module',
    'index.handler',
    'import nothing_like_this',
  ],
  ["Runtime.HandlerNotFound: Handler 'other' missing on module 'index'", 'index.other', ''],
  ["Runtime.UserCodeSyntaxError: Syntax error in module 'index'", 'index.handler', 'def f(:'],
  ["Runtime.MalformedHandlerName: Bad handler 'index'", 'index', ''],
  ['Runtime.BuiltInModuleConflict', 'sys.exit', ''],
  ['KeyError: ', 'index.handler', 'import os\nos.environ["NO_KEY"]'],
] as const)(
  'code that does not start is refused with %s',
  async ([message, name, source], { expect }) => {
    await using world = await startFunctionWorld()
    const put = world.put({ files: { 'index.py': source }, runtime, handler: name })
    await expect(put).rejects.toMatchObject({ message: expect.stringContaining(message) })
  },
)

test('a handler may be in a folder', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const files = { 'tools/search.py': 'def run(event, context):\n    return 1' }
  await world.put({ files, runtime, handler: 'tools/search.run' })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '1' })
})

test('exceptions, exits, timeouts and values that are not JSON are told apart', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const source = `
import os, sys, time
def lambda_handler(event, context):
    kind = event.get("kind")
    if kind == "raise": raise ValueError("bad")
    if kind == "exit": sys.exit(4)
    if kind == "sleep": time.sleep(1000)
    if kind == "set": return {1, 2}
    return "fine"
`
  await world.put({ files: { 'index.py': source }, runtime, handler, timeoutMs: 1_000 })
  expect(await world.invoke({ kind: 'raise' })).toEqual({
    kind: 'threw',
    errorType: 'ValueError',
    errorMessage: 'bad',
    stackTrace: [expect.stringContaining('in lambda_handler')],
  })
  expect(await world.invoke({ kind: 'set' })).toMatchObject({
    kind: 'threw',
    errorType: 'Runtime.MarshalError',
  })
  expect(await world.invoke({ kind: 'exit' })).toEqual({
    kind: 'exited',
    exitCode: 4,
    signal: null,
  })
  expect(await world.invoke({ kind: 'sleep' })).toEqual({ kind: 'timed-out', limitMs: 1_000 })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '"fine"' })
})

test('every line has the request it was written for', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `
import logging, sys
logger = logging.getLogger()
logger.setLevel(logging.INFO)
def lambda_handler(event, context):
    print("out", event["id"])
    logger.info("logged %s", event["id"])
    sys.stderr.write("err " + event["id"])
`
  await world.put({ files: { 'index.py': source }, runtime, handler, reservedConcurrency: 2 })
  const ids = Array.from({ length: 20 }, (_, index) => `request-${index}`)
  await Promise.all(ids.map((id) => world.invoke({ id }, { requestId: id })))
  const byRequest = Map.groupBy(world.lines, ({ requestId }) => requestId)
  for (const id of ids) {
    const lines = byRequest.get(id)?.map(({ line }) => line.replace(/\t.*Z\t/, ' '))
    expect(lines?.toSorted()).toEqual([`[INFO] logged ${id}`, `err ${id}`, `out ${id}`])
  }
})

test('nothing is written into the folder of the code', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const files = {
    'index.py': 'import other\ndef lambda_handler(e, c):\n    return 1',
    'other.py': '',
  }
  await world.put({ files, runtime, handler })
  await world.invoke({})
  const { readdir } = await import('node:fs/promises')
  expect((await readdir(`${world.path}/code`)).toSorted()).toEqual(['index.py', 'other.py'])
})

test('the official runtime client works unchanged', async ({ expect, skip }) => {
  await using world = await startFunctionWorld()
  await writeFile(`${world.path}/requirements.txt`, 'awslambdaric==4.0.1\n')
  const packages = await pythonPackages(`${world.path}/requirements.txt`).catch(
    (error: unknown) => {
      console.log(`Skipped: awslambdaric cannot be installed. ${String(error)}`)
      return skip('PyPI cannot be reached')
    },
  )
  const source = `
def lambda_handler(event, context):
    print("line", context.aws_request_id)
    if event.get("fail"): raise ValueError("bad")
    return {"custom": context.client_context.custom, "event": event}
`
  const interpreter = typeof python === 'string' ? '' : python.path
  await world.put({
    files: {
      'index.py': source,
      bootstrap: `#!/bin/sh\nexec ${interpreter} -m awslambdaric "$_HANDLER"`,
    },
    environment: { PYTHONPATH: packages },
    runtime: 'provided.al2023',
    handler,
  })
  const clientContext = JSON.stringify({ custom: { a: '1' } })
  const outcome = await world.invoke({ b: 'ü' }, { requestId: 'r-1', clientContext })
  expect(JSON.parse('payload' in outcome ? outcome.payload : '{}')).toEqual({
    custom: { a: '1' },
    event: { b: 'ü' },
  })
  expect(await world.invoke({ fail: true }, { clientContext })).toMatchObject({
    kind: 'threw',
    errorType: 'ValueError',
    errorMessage: 'bad',
  })
  expect(await world.invoke({ b: 2 }, { clientContext })).toMatchObject({ kind: 'returned' })
  expect(world.lines[0]).toMatchObject({ line: 'line r-1', requestId: 'r-1' })
})
