import { test } from 'vitest'
import { startFunctionWorld } from '../support/function-world.ts'

test('an environment has what is configured and what the platform says, and nothing of ours', async ({
  expect,
}) => {
  await using world = await startFunctionWorld({ path: '/usr/bin:/bin' })
  process.env['CATAMARAN_TEST_SECRET'] = 'ours'
  await world.put({
    files: { 'index.mjs': 'export const handler = async () => process.env' },
    environment: { API_KEY: 'k', _HANDLER: 'forged' },
  })
  delete process.env['CATAMARAN_TEST_SECRET']
  const outcome = await world.invoke({})
  const variables = JSON.parse('payload' in outcome ? outcome.payload : '{}') as Record<
    string,
    string
  >
  const temp = expect.stringContaining(`${world.path}/tmp/`)
  expect(variables).toEqual({
    API_KEY: 'k',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_NAME: 'it',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/it',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
      /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/,
    ),
    AWS_REGION: 'us-east-1',
    HOME: temp,
    LAMBDA_RUNTIME_DIR: expect.stringContaining('runtimes'),
    LAMBDA_TASK_ROOT: `${world.path}/code`,
    LANG: 'en_US.UTF-8',
    LD_LIBRARY_PATH: `${world.path}/code:${world.path}/code/lib`,
    NODE_COMPILE_CACHE: expect.any(String),
    NODE_PATH: `${world.path}/code`,
    PATH: expect.stringMatching(/:\/usr\/bin:\/bin$/),
    TMPDIR: temp,
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  })
})

test('layers bring packages, programs and files; later layers win', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({
    files: {
      'index.cjs': `const { execFileSync } = require('node:child_process')
        exports.handler = () => [require('shared'), require('first'), execFileSync('hello').toString().trim()]`,
      '../layer1/nodejs/node_modules/shared/index.js': 'module.exports = "shared 1"',
      '../layer1/nodejs/node_modules/first/index.js': 'module.exports = "first 1"',
      '../layer2/nodejs/node24/node_modules/shared/index.js': 'module.exports = "shared 2"',
      '../layer2/bin/hello': '#!/bin/sh\necho hello',
    },
    layers: ['layer1', 'layer2'],
  })
  expect(await world.invoke({})).toEqual({
    kind: 'returned',
    payload: '["shared 2","first 1","hello"]',
  })
})
