import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { machinePython } from '../../test/support/python.ts'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { inlineArchive } from './inline-archive.ts'
import { unpackZip } from './unpack-zip.ts'

const run = promisify(execFile)
const python = await machinePython()
if (typeof python === 'string') console.log(`Skipped, ${python}`)

async function unpack(archive: Uint8Array, path: string) {
  await mkdir(path, { recursive: true })
  await unpackZip(archive, path, { maxEntries: 10, maxUnpackedBytes: 1_000_000 })
  return (await readdir(path, { recursive: true })).toSorted()
}

test('the source is a file called index, and the same source the same archive', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const archive = await inlineArchive('nodejs22.x', 'exports.handler = () => 1')
  expect(await inlineArchive('nodejs22.x', 'exports.handler = () => 1')).toEqual(archive)
  expect(await unpack(archive, join(folder.path, 'node'))).toEqual(['index.js'])
  const other = await inlineArchive('python3.13', 'x = 1')
  expect(await unpack(other, join(folder.path, 'python'))).toEqual(['index.py'])
  expect(await readFile(join(folder.path, 'python/index.py'), 'utf8')).toBe('x = 1')
})

test('what is not written in a template is refused', async ({ expect }) => {
  await expect(inlineArchive('java21', 'class A {}')).rejects.toThrow('ZipFile is for nodejs and')
  const long = 'x'.repeat(4 * 1024 * 1024 + 1)
  await expect(inlineArchive('nodejs22.x', long)).rejects.toThrow('longer than 4 MB')
})

const EVENT = { StackId: 's', RequestId: 'r', LogicalResourceId: 'l' }
const ANSWER = {
  Status: 'SUCCESS',
  Reason: 'See the details in CloudWatch Log Stream: stream',
  PhysicalResourceId: 'stream',
  ...EVENT,
  NoEcho: false,
  Data: { A: 'b' },
}

async function startUrl() {
  const bodies: unknown[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(JSON.parse(body))
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    bodies,
    event: JSON.stringify({ ...EVENT, ResponseURL: `http://127.0.0.1:${port}/a?b=c` }),
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

test('cfn-response comes with code that requires it', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using url = await startUrl()
  const source = `const response = require('cfn-response')
response.send(JSON.parse(process.argv[2]), { logStreamName: 'stream', done() {} }, response.SUCCESS, { A: 'b' })`
  await unpack(await inlineArchive('nodejs22.x', source), folder.path)
  await run(process.execPath, [join(folder.path, 'index.js'), url.event])
  expect(url.bodies).toEqual([ANSWER])
})

test.skipIf(typeof python === 'string')('cfnresponse for Python', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using url = await startUrl()
  const source = `
import json, sys, types, cfnresponse
context = types.SimpleNamespace(log_stream_name="stream")
cfnresponse.send(json.loads(sys.argv[1]), context, cfnresponse.SUCCESS, {"A": "b"})`
  await unpack(await inlineArchive('python3.13', source), folder.path)
  const interpreter = typeof python === 'string' ? '' : python.path
  await run(interpreter, [join(folder.path, 'index.py'), url.event])
  expect(url.bodies).toEqual([ANSWER])
})
