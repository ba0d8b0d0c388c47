import { test } from 'vitest'
import { startFunctionWorld } from '../support/function-world.ts'

test('every line has the request it was written for, also when many run at once', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async ({ id }) => {
    console.log('out', id)
    await new Promise((done) => setTimeout(done, Math.random() * 20))
    console.error('err', id)
    process.stdout.write('no newline ' + id)
  }`
  await world.put({ files: { 'index.mjs': source } })
  const ids = Array.from({ length: 60 }, (_, index) => `request-${index}`)
  await Promise.all(ids.map((id) => world.invoke({ id }, { requestId: id })))
  const byRequest = Map.groupBy(world.lines, ({ requestId }) => requestId)
  expect(new Set(byRequest.keys())).toEqual(new Set(ids))
  for (const id of ids) {
    expect(byRequest.get(id)?.map(({ line, stream }) => [line, stream])).toEqual([
      [`out ${id}`, 'stdout'],
      [`err ${id}`, 'stderr'],
      [`no newline ${id}`, 'stdout'],
    ])
  }
})

test('what is written outside of an invocation has no request', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `console.log('loading')
  export const handler = async () => void setTimeout(() => console.log('afterwards'), 1)`
  await world.put({ files: { 'index.mjs': source } })
  await world.invoke({})
  await world.logWith('afterwards')
  expect(world.lines).toEqual([
    { functionName: 'it', line: 'loading', stream: 'stdout' },
    { functionName: 'it', line: 'afterwards', stream: 'stdout' },
  ])
})

test('what a program that the handler starts writes is in the log', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `import { spawnSync } from 'node:child_process'
  export const handler = async () => {
    spawnSync('echo', ['from echo'], { stdio: 'inherit' })
    await new Promise((done) => setTimeout(done, 50))
  }`
  await world.put({ files: { 'index.mjs': source } })
  await world.invoke({}, { requestId: 'r-1' })
  expect(await world.logWith('from echo')).toContain('r-1\tfrom echo\n')
})

test('the log has the lines CloudWatch would have', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async (event) => {
    console.log('hello')
    if (event.fail) throw new Error('no')
  }`
  await world.put({ files: { 'index.mjs': source } })
  await world.invoke({}, { requestId: 'r-1' })
  await world.invoke({ fail: true }, { requestId: 'r-2' })
  const log = await world.logWith('REPORT RequestId: r-2')
  const steady = log
    .replaceAll(/\d+(\.\d+)?( ms| MB)/g, 'N$2')
    .replaceAll(/Node.js \S+/g, 'Node.js')
  expect(steady.replace(/"stackTrace".*/, '…')).toMatchInlineSnapshot(`
    "INIT_START Runtime Version: Node.js
    START RequestId: r-1 Version: $LATEST
    r-1	hello
    END RequestId: r-1
    REPORT RequestId: r-1	Duration: N ms	Billed Duration: N ms	Memory Size: N MB	Max Memory Used: N MB	Init Duration: N ms
    START RequestId: r-2 Version: $LATEST
    r-2	hello
    r-2	ERROR	Invoke Error	{"errorType":"Error","errorMessage":"no",…
    END RequestId: r-2
    REPORT RequestId: r-2	Duration: N ms	Billed Duration: N ms	Memory Size: N MB	Max Memory Used: N MB
    "
  `)
})
