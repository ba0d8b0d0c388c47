import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import type { ProvidePackage } from '../../src/functions/provided-packages.ts'
import { HostError } from '../../src/kernel/host-error.ts'
import { startFunctionWorld } from '../support/function-world.ts'
import { machinePython } from '../support/python.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const python = await machinePython()
if (typeof python === 'string') console.log(`Skipped, ${python}`)
const pythonTest = test.skipIf(typeof python === 'string')

const SDK = 'node_modules/@aws-sdk/client-it'

/** A folder with packages of ours under the names that Lambda brings along. */
async function startProvider(options: { readonly slowMs?: number } = {}) {
  const folder = await temporaryFolder()
  const files = {
    [`${SDK}/package.json`]:
      '{"name":"@aws-sdk/client-it","exports":{".":"./index.js","./deep":"./deep.js"}}',
    [`${SDK}/index.js`]: "exports.name = 'provided'",
    [`${SDK}/deep.js`]: "exports.name = 'deep'",
    'boto3/__init__.py': "import jmespath\nname = 'provided ' + jmespath.name",
    'jmespath.py': "name = 'jmespath'",
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true })
    await writeFile(join(folder.path, name), content)
  }
  const asked: string[] = []
  const providePackage: ProvidePackage = async ({ name, python: interpreter }) => {
    asked.push(interpreter === undefined ? name : `${name} for Python`)
    await delay(options.slowMs ?? 0)
    if (name.includes('broken')) throw new HostError('ERR_TARGET_FAILED', 'There is no network')
    return folder.path
  }
  return { asked, providePackage, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

test('require, import and what is required later find the AWS SDK', async ({ expect }) => {
  await using provider = await startProvider()
  await using world = await startFunctionWorld(provider)
  const source = `
import { createRequire } from 'node:module'
import { name } from '@aws-sdk/client-it'
const require = createRequire(import.meta.url)
export const handler = async (event) => [
  name, require('@aws-sdk/' + event.client).name, (await import('@aws-sdk/client-it/deep')).name,
]`
  await world.put({ files: { 'index.mjs': source } })
  expect(await world.invoke({ client: 'client-it' })).toEqual({
    kind: 'returned',
    payload: '["provided","provided","deep"]',
  })
  // Each specifier that is not found asks; the provider knows what it has.
  expect(new Set(provider.asked)).toEqual(new Set(['@aws-sdk/client-it']))
})

test('a copy of its own wins', async ({ expect }) => {
  await using provider = await startProvider()
  await using world = await startFunctionWorld(provider)
  await world.put({
    files: {
      'index.js':
        "const { name } = require('@aws-sdk/client-it'); exports.handler = async () => name",
      [`${SDK}/index.js`]: "exports.name = 'own'",
    },
  })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '"own"' })
  expect(provider.asked).toEqual([])
})

test('what cannot be provided is a missing module, with the reason', async ({ expect }) => {
  await using provider = await startProvider()
  await using world = await startFunctionWorld(provider)
  const source = `exports.handler = async () => {
  try { require('@aws-sdk/broken') } catch (error) { return [error.code, error.message] }
}`
  await world.put({ files: { 'index.js': source } })
  const outcome = await world.invoke({})
  const [code, message] = JSON.parse('payload' in outcome ? outcome.payload : '[]') as string[]
  expect(code).toBe('MODULE_NOT_FOUND')
  expect(message).toContain('There is no network')
  const missing = "require('left-pad'); require('@other/sdk')"
  await expect(world.put({ files: { 'index.js': missing } })).rejects.toThrow('left-pad')
  expect(provider.asked).toEqual(['@aws-sdk/broken'])
})

test('the time an install takes counts neither for the init nor for the invocation', async ({
  expect,
}) => {
  await using provider = await startProvider({ slowMs: 600 })
  await using world = await startFunctionWorld({ ...provider, initTimeoutMs: 500 })
  const source = `
require('@aws-sdk/client-it')
exports.handler = async () => require('@aws-sdk/client-it/deep').name`
  await world.put({ files: { 'index.js': source }, timeoutMs: 500 })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '"deep"' })
})

pythonTest('boto3 and what comes with it are there for Python', async ({ expect }) => {
  await using provider = await startProvider()
  await using world = await startFunctionWorld(provider)
  // This machine's Python may have boto3 already, Lambda's own folders apart.
  const source = `
import sys
sys.path[:] = [folder for folder in sys.path if "site-packages" not in folder]
import boto3
def lambda_handler(event, context):
    return boto3.name
`
  await world.put({
    files: { 'index.py': source },
    runtime: 'python3.13',
    handler: 'index.lambda_handler',
  })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '"provided jmespath"' })
  expect(provider.asked).toEqual(['boto3 for Python'])
})

pythonTest('Python starts the programs of layers under /opt', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `
import subprocess
def lambda_handler(event, context):
    return [
        subprocess.check_output(["/opt/tools/hello", "you"], text=True),
        subprocess.run(["/opt/tools/lambdas", "me"], stdout=subprocess.PIPE, text=True).stdout,
    ]
`
  await world.put({
    files: {
      'index.py': source,
      '../layer/tools/hello': '#!/bin/sh\necho hello $1',
      '../layer/tools/lambdas': '#!/var/lang/bin/python\nimport sys\nprint("hi", sys.argv[1])',
    },
    layers: ['layer'],
    runtime: 'python3.13',
    handler: 'index.lambda_handler',
  })
  expect(await world.invoke({})).toEqual({
    kind: 'returned',
    payload: '["hello you\\n", "hi me\\n"]',
  })
})
