import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { listSettings } from './config-settings.ts'
import { readConfig } from './read-config.ts'
import { resolveConfig } from './resolve-config.ts'

const KEY = {
  accessKeyId: 'AKIDEXAMPLE0000001',
  secretAccessKey: { env: 'SIGNING_SECRET' },
  accountId: '111122223333',
}

/** A configuration file with these contents, and what is read with it. */
async function withFile(contents: unknown) {
  const folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.config.json')
  await writeFile(file, JSON.stringify(contents))
  return {
    dir: folder.path,
    read: (environment: Record<string, string> = {}, args: readonly string[] = []) =>
      readConfig({ file, environment, args }),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  }
}

test('every setting has a text, and a flag and a variable that follow from its path', ({
  expect,
}) => {
  const settings = listSettings()
  expect(settings.filter(({ description }) => description === '')).toEqual([])
  const named = settings.map(({ path, flag, variable }) => [path.join('.'), flag, variable])
  expect(named).toContainEqual(['listen.port', 'listen-port', 'CATAMARAN_LISTEN_PORT'])
  expect(named).toContainEqual(['tls.certFile', 'tls-cert-file', 'CATAMARAN_TLS_CERT_FILE'])
  expect(named).toContainEqual(['database', 'database', 'CATAMARAN_DATABASE'])
  expect(named).toContainEqual(['masterKey', undefined, 'CATAMARAN_MASTER_KEY'])
  expect(named).toContainEqual(['masterKey.file', 'master-key-file', 'CATAMARAN_MASTER_KEY_FILE'])
  expect(named).toContainEqual(['accessKeys', undefined, undefined])
})

test('flags lie over variables, variables over the file, the file over defaults', async ({
  expect,
}) => {
  await using file = await withFile({
    listen: { port: 1 },
    limits: { maxSessions: 5 },
    dataDir: 'd',
  })
  expect((await file.read()).listen).toEqual({ host: '127.0.0.1', port: 1 })
  const environment = {
    CATAMARAN_LISTEN_PORT: '2',
    CATAMARAN_ALLOWED_HOSTS: 'a.example, b.example',
  }
  expect((await file.read(environment)).listen.port).toBe(2)
  const args = ['--listen-port', '3', '--no-auth', '--allowed-origins=https://a.example']
  expect(await file.read(environment, args)).toMatchObject({
    listen: { host: '127.0.0.1', port: 3 },
    auth: false,
    allowed: { hosts: ['a.example', 'b.example'], origins: ['https://a.example'] },
    limits: { maxSessions: 5, maxConcurrency: 64 },
    dataDir: join(file.dir, 'd'),
  })
})

test('a reference to a secret is replaced, not mixed', async ({ expect }) => {
  await using file = await withFile({ masterKey: { env: 'KEY' }, database: 'postgres://u@h/d' })
  const args = ['--master-key-file', '/run/key', '--database-file', '/run/url']
  const config = await file.read({}, args)
  expect(config.masterKey).toEqual({ file: '/run/key' })
  expect(config.database).toEqual({ file: '/run/url' })
  const variable = { CATAMARAN_DATABASE: 'postgres://u:password@h/d' }
  expect((await file.read(variable)).database).toEqual({ env: 'CATAMARAN_DATABASE' })
})

test('every mistake is reported at once, by path and origin', async ({ expect }) => {
  await using file = await withFile({
    listen: { port: -1, prot: 1 },
    publicUrl: 'https://tools.example/base',
    database: 'postgres://u:secret-word@h/d',
    masterKey: 'AAAA',
    accessKeys: [{ accessKeyId: 'short', accountId: '1' }],
  })
  await expect(file.read({ CATAMARAN_LIMITS_MAX_SESSIONS: 'many' }, ['--listen-host', ''])).rejects
    .toThrowErrorMatchingInlineSnapshot(`
    [HostError: The configuration cannot be used:
      listen.host (--listen-host): Too small: expected string to have >=1 characters
      listen.port: Too small: expected number to be >=0
      listen: Unrecognized key: "prot"
      publicUrl: Expected scheme and host only, no path
      database: A password does not belong here: use { "file": … } or { "env": … } for the whole URL
      masterKey: Expected where the secret is: { "file": "…" } or { "env": "NAME" }
      accessKeys.0.accessKeyId: Expected 16 to 128 letters, digits or _
      accessKeys.0.secretAccessKey: Expected where the secret is: { "file": "…" } or { "env": "NAME" }
      accessKeys.0.accountId: Expected 12 digits
      limits.maxSessions (CATAMARAN_LIMITS_MAX_SESSIONS): Invalid input: expected number, received string]
  `)
})

test('a mistyped flag or variable is refused', async ({ expect }) => {
  await using file = await withFile({})
  await expect(file.read({}, ['--listen-prot', '1'])).rejects.toThrow("'--listen-prot'")
  await expect(file.read({ CATAMARAN_LISTEN_PROT: '1' })).rejects.toThrow('CATAMARAN_LISTEN_PROT')
  await expect(file.read({ CATAMARAN_TLS_CERT: '1' })).rejects.toThrow('CATAMARAN_TLS_CERT')
  expect(await file.read({ CATAMARAN_TOKEN: 'x', CATAMARAN_COMPILE_CACHE: 'y' })).toBeDefined()
})

test('references are followed, and what they lead to prints as [redacted]', async ({ expect }) => {
  await using file = await withFile({
    accessKeys: [KEY],
    masterKey: { file: 'master.key' },
    database: { env: 'DATABASE' },
  })
  const masterKey = 'master-text'.padEnd(43, 'A') + '='
  await writeFile(join(file.dir, 'master.key'), `${masterKey}\n`)
  const environment = { SIGNING_SECRET: 'signing-text', DATABASE: 'postgres://u:pg-text@h/d' }
  const settings = await resolveConfig(await file.read(), environment)
  expect(settings.masterKey?.reveal()).toBe(masterKey)
  expect(settings.accessKeys?.[0]?.secretAccessKey.reveal()).toBe('signing-text')
  expect(settings.database?.reveal()).toBe('postgres://u:pg-text@h/d')
  const printed = `${JSON.stringify(settings)} ${inspect(settings, { depth: 9 })} ${String(settings.masterKey)}`
  expect(printed).not.toMatch(/(?:master|signing|pg)-text/)
  expect(printed).toContain('[redacted]')
})

test('what is unsafe or missing is refused, all of it at once', async ({ expect }) => {
  await using file = await withFile({
    listen: { host: '0.0.0.0' },
    tls: { keyFile: '/nowhere/key.pem' },
    accessKeys: [KEY, { ...KEY, secretAccessKey: { file: '/nowhere/secret' } }],
  })
  const config = await file.read()
  await expect(resolveConfig(config, {})).rejects.toThrowErrorMatchingInlineSnapshot(`
    [HostError: The configuration cannot be used:
      accessKeys: AKIDEXAMPLE0000001 is there twice
      tls: certFile and keyFile go together
      listen.host: 0.0.0.0 is reached from other machines, which takes tls.certFile and tls.keyFile, or tls.terminatedByProxy when a proxy in front speaks TLS
      accessKeys.0.secretAccessKey: the variable SIGNING_SECRET is not set
      accessKeys.1.secretAccessKey: /nowhere/secret does not exist]
  `)
  await expect(resolveConfig({ ...config, accessKeys: [] }, {})).rejects.toThrow('at least one key')
})

test('a master key or a certificate that is none is refused before the start', async ({
  expect,
}) => {
  await using file = await withFile({
    accessKeys: [KEY],
    tls: { certFile: 'text', keyFile: 'text' },
    masterKey: { file: 'text' },
  })
  await writeFile(join(file.dir, 'text'), 'secret-nonsense')
  const refused = resolveConfig(await file.read(), { SIGNING_SECRET: 's' })
  await expect(refused).rejects.toThrow('\n  tls: The TLS certificate and key cannot be used')
  await expect(refused).rejects.toThrow('\n  masterKey: The master key must hold 32 bytes')
  await expect(refused).rejects.not.toThrow('secret-nonsense')
})

test('beyond loopback it takes TLS, or a proxy in front that speaks it', async ({ expect }) => {
  await using file = await withFile({ accessKeys: [KEY] })
  const environment = { SIGNING_SECRET: 's' }
  const outside = ['--listen-host', '0.0.0.0']
  await expect(resolveConfig(await file.read({}, outside), environment)).rejects.toThrow('TLS')
  const behind = await file.read({}, [...outside, '--tls-terminated-by-proxy'])
  expect((await resolveConfig(behind, environment)).listen.host).toBe('0.0.0.0')
  for (const host of ['127.0.0.1', '::1', 'localhost']) {
    await resolveConfig(await file.read({}, ['--listen-host', host]), environment)
  }
})
