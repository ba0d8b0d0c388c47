// `catamaran identity`: what takes a script elsewhere, and where its secrets come from.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { GREET, startUp } from '../support/up.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))

test('a provider for the own client of the host, and a token that opens its gateway', async ({
  expect,
}) => {
  await using host = await startUp(GREET)
  const { home, ready } = host
  const identity = (...args: string[]) => runCommand(['identity', ...args], { home })
  expect(await identity('create-provider', 'local')).toEqual({
    exitCode: 0,
    stdout:
      'arn:aws:bedrock-agentcore:us-east-1:000000000000:token-vault/default/oauth2credentialprovider/local\n',
    stderr: '',
  })
  expect(await identity('create-provider', 'local')).toMatchObject({
    exitCode: 5,
    stderr: 'catamaran: Credential provider with name: local already exists\n',
  })
  const token = await identity('token', 'local', '--scope', 'catamaran/invoke')
  expect(decodeJwt(token.stdout)).toMatchObject({ scope: 'catamaran/invoke' })
  const called = await runCommand(['tools', '--token', token.stdout.trim()], { home })
  expect(called.stdout).toContain('greet___greet_user')
  const json = await identity('token', 'local', '--user-id', 'ada', '--json')
  expect(JSON.parse(json.stdout)).toEqual({ accessToken: expect.stringMatching(/^ey/) })
  const listed = await identity('list')
  expect(listed.stdout).toMatch(/CustomOauth2 +local\n[^]*workload identity +catamaran-cli\n/)
  const elsewhere = await identity('list', '--account', '111122223333', '--json')
  expect(JSON.parse(elsewhere.stdout)).toMatchObject({ oauth2CredentialProviders: [] })
  const stranger = await identity('token', 'nobody', '--url', ready.url)
  expect(stranger).toMatchObject({ exitCode: 4, stdout: '' })
})

test('a provider for any client of a pool here', async ({ expect }) => {
  await using host = await startUp(GREET)
  const { home, ready } = host
  const pool = new URL(ready.oauth?.issuer ?? '').pathname.split('/').at(-1) ?? ''
  const cognito = new CognitoIdentityProviderClient({
    endpoint: ready.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'x' },
  })
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: 'mine',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['catamaran/invoke'],
    }),
  )
  const client = UserPoolClient?.ClientId ?? ''
  const flags = ['--pool', pool, '--client', client]
  const created = await runCommand(['identity', 'create-provider', 'mine', ...flags], { home })
  expect(created.exitCode).toBe(0)
  const token = await runCommand(['identity', 'token', 'mine'], { home })
  expect(decodeJwt(token.stdout)).toMatchObject({ client_id: client })
  const half = await runCommand(['identity', 'create-provider', 'x', '--pool', pool], { home })
  expect(half).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--pool and --client'),
  })
})

test('the secret of a client elsewhere comes from stdin or a file, and never shows', async ({
  expect,
}) => {
  await using host = await startUp('.', ['--empty'])
  const { home } = host
  const elsewhere = [
    '--discovery-url',
    'https://id.example/.well-known/openid-configuration',
    '--client-id',
    'me',
  ]
  const args = ['identity', 'create-provider', 'piped', ...elsewhere, '--client-secret-stdin']
  const env = { ...process.env, HOME: home, XDG_STATE_HOME: '' }
  const child = spawn(process.execPath, [CATAMARAN, ...args, '--json'], { env })
  child.stdin.end('piped-secret-text\n')
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect(JSON.parse(out)).toMatchObject({ name: 'piped', clientId: 'me' })
  expect(out).not.toContain('secret-text')
  const file = join(home, 'secret')
  await writeFile(file, 'filed-secret-text')
  const flags = [...elsewhere, '--client-secret-file', file]
  const filed = await runCommand(['identity', 'create-provider', 'filed', ...flags], { home })
  expect(filed.exitCode).toBe(0)
  const asked = await runCommand(['identity', 'create-provider', 'none', ...elsewhere], { home })
  expect(asked).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--client-secret-file'),
  })
  const bytes = await readFile(join(home, 'data/catamaran.db'), 'latin1')
  expect(bytes + (await host.log()) + host.complaints()).not.toContain('secret-text')
})
