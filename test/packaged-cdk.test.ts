// The constructs as they are published, on the oldest Node: an app in plain JavaScript is synthesised,
// with a `defineServer` file in TypeScript, and without Docker.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { installPacked, PACKED_LIMIT_MS } from './support/install-packed.ts'

const run = promisify(execFile)

const APP = `
import { RemoteMcpServer } from '@catamaran/cdk'
import { App, Stack } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'

const stack = new Stack(new App(), 'Greet')
new RemoteMcpServer(stack, 'Greet', {
  entry: 'server.ts',
  secrets: { GREETING_KEY: Secret.fromSecretNameV2(stack, 'Key', 'greeting') },
})
`

test(
  'an app with the packed constructs is synthesised',
  { timeout: PACKED_LIMIT_MS },
  async ({ expect, skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'catamaran-packaged-cdk-'))
    try {
      const others = ['zod@4', 'aws-cdk-lib@2.276.0', 'constructs@10.8.1']
      const reason = await installPacked(folder, ['tools', 'cdk'], others)
      if (reason !== undefined) {
        process.stderr.write(`the packaged constructs skipped: ${reason}\n`)
        skip(reason)
      }
      await writeFile(join(folder, 'app.js'), APP)
      const node = join(folder, 'node_modules', 'node', 'bin', 'node')
      const env = { PATH: '', HOME: folder, CDK_OUTDIR: join(folder, 'cdk.out') }
      await run(node, ['app.js'], { cwd: folder, env })
      const template = await readFile(join(folder, 'cdk.out', 'Greet.template.json'), 'utf8')
      expect(JSON.parse(template)).toMatchObject({
        Resources: expect.objectContaining({}),
        Outputs: { GreetGatewayUrl: {}, GreetRuntimeUrl: {} },
      })
      expect(template).toMatch(/"Name": ?"greet_user"/)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)
