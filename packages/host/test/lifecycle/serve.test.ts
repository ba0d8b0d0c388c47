// `catamaran serve` as an operator runs it: a configuration, verified signatures, TLS, signals.
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { test } from 'vitest'
import { createAuthorityCertificate } from '../../src/proxy/certificate.ts'
import { runCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))
const ACCESS_KEY_ID = 'AKIDEXAMPLE0000001'
const SECRET = 'signing-secret-of-the-operator'
const ARN = 'arn:aws:iam::111122223333:user/deploy'
const KEY = {
  accessKeyId: ACCESS_KEY_ID,
  secretAccessKey: { env: 'SIGNING_SECRET' },
  accountId: '111122223333',
  arn: ARN,
}

/** Starts `catamaran serve` with these settings and waits for its Ready record. */
async function startServe(home: string, settings: object) {
  const file = join(home, 'catamaran.config.json')
  const all = { listen: { port: 0 }, dataDir: 'data', accessKeys: [KEY], ...settings }
  await writeFile(file, JSON.stringify(all))
  const env = {
    ...process.env,
    HOME: home,
    XDG_STATE_HOME: '',
    XDG_CACHE_HOME: join(homedir(), '.cache'),
    SIGNING_SECRET: SECRET,
  }
  const child = spawn(process.execPath, [CATAMARAN, 'serve', '--config', file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const records: Record<string, unknown>[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => records.push(JSON.parse(line) as Record<string, unknown>))
  async function said(message: string): Promise<Record<string, unknown>> {
    const signal = AbortSignal.timeout(20_000)
    for (;;) {
      const record = records.find((it) => it['message'] === message)
      if (record !== undefined) return record
      await once(lines, 'line', { signal })
    }
  }
  const ready = await said('Ready')
  return {
    url: String(ready['url']),
    records,
    said,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

function callerIdentity(endpoint: string, secretAccessKey: string) {
  const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey }
  const client = new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  return client.send(new GetCallerIdentityCommand({}))
}

test('signatures are verified with the configured keys; records are JSON without secrets', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using host = await startServe(folder.path, {})
  const { url } = host
  expect(await callerIdentity(url, SECRET)).toMatchObject({ Account: '111122223333', Arn: ARN })
  await expect(callerIdentity(url, 'guess')).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    $metadata: { httpStatusCode: 403 },
  })
  host.kill('SIGHUP') // nothing to read again, and no reason to leave
  expect(await callerIdentity(url, SECRET)).toMatchObject({ Account: '111122223333' })
  host.kill('SIGTERM')
  expect(await host.exited).toEqual([0, null])
  expect(host.records.at(-1)).toMatchObject({ message: 'Stopping', level: 'info' })
  expect(JSON.stringify(host.records)).not.toContain(SECRET)
})

test('exec signs with the keys it is given for such a host, and says when it has none', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const home = folder.path
  await using host = await startServe(home, {})
  const refused = await runCommand(['exec', '--', 'true'], { home })
  expect(refused).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('CATAMARAN_ACCESS_KEY_ID'),
  })
  const env = { CATAMARAN_ACCESS_KEY_ID: ACCESS_KEY_ID, CATAMARAN_SECRET_ACCESS_KEY: SECRET }
  const list = ['identity', 'list', '--json', '--url', host.url]
  expect(await runCommand(list, { home, env })).toMatchObject({ exitCode: 0, stderr: '' })
  const program = ['sh', '-c', 'echo $AWS_ACCESS_KEY_ID [$CATAMARAN_SECRET_ACCESS_KEY]']
  const run = await runCommand(['exec', '--', ...program], { home, env })
  expect(run.stdout).toBe(`${ACCESS_KEY_ID} []\n`)
})

async function writeCertificate(dir: string, commonName: string) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const certificate = createAuthorityCertificate({
    commonName,
    ...keys,
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + 3_600_000),
    permittedDomains: ['example.com'],
  })
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'key.pem'), keys.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await writeFile(join(dir, 'cert.pem'), certificate)
}

async function servedName(url: string): Promise<string> {
  const port = Number(new URL(url).port)
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { CN } = socket.getPeerCertificate().subject
  socket.destroy()
  return String(CN)
}

test('TLS: a renewed certificate comes in on SIGHUP; a broken one changes nothing', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const dir = join(folder.path, 'tls')
  await writeCertificate(dir, 'first')
  const tls = { certFile: 'tls/cert.pem', keyFile: 'tls/key.pem' }
  await using host = await startServe(folder.path, { tls, publicUrl: 'https://tools.example' })
  expect(host.url).toMatch(/^https:/)
  expect(await servedName(host.url)).toBe('first')
  await writeCertificate(dir, 'second')
  host.kill('SIGHUP')
  await host.said('The TLS certificate was read again')
  expect(await servedName(host.url)).toBe('second')
  await writeFile(join(dir, 'key.pem'), 'nonsense')
  host.kill('SIGHUP')
  await host.said('The TLS certificate in use stays')
  expect(await servedName(host.url)).toBe('second')
})

test('--check says everything that is wrong, or prints what would be used', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'config.json')
  await writeFile(file, JSON.stringify({ listen: { host: '0.0.0.0' }, accessKeys: [KEY] }))
  const wrong = await runCommand(['serve', '--check', '--config', file])
  expect(wrong.exitCode).toBe(2)
  expect(wrong.stderr).toContain('tls.certFile')
  expect(wrong.stderr).toContain('SIGNING_SECRET is not set')
  const flags = ['--tls-terminated-by-proxy', '--listen-port', '0']
  const env = { SIGNING_SECRET: SECRET }
  const right = await runCommand(['serve', '--check', '--config', file, ...flags], { env })
  expect(right).toMatchObject({ exitCode: 0, stderr: '' })
  expect(right.stdout).toContain('"secretAccessKey": "[redacted]"')
  expect(right.stdout).not.toContain(SECRET)
})
