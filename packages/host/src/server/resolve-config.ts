import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { loadSealer } from '../kernel/seal.ts'
import type { Config, SecretReference } from './config.ts'
import type { AccessKey, HostSettings, TlsIdentity } from './host-settings.ts'
import { Secret } from './secret.ts'
import { checkTls } from './tls-server.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Follows the references of a configuration and checks what only shows in the whole. `serve` is for
 * operators: signatures are verified, and other machines are spoken to over TLS or not at all.
 */
export async function resolveConfig(
  config: Config,
  environment: Environment,
): Promise<HostSettings> {
  const mistakes: string[] = checkExposure(config)
  /** Remembers the mistake and goes on, so that all of them are told together. */
  async function follow<Value>(path: string, read: () => Promise<Value>) {
    try {
      return await read()
    } catch (error) {
      mistakes.push(`${path}: ${errorMessage(error)}`)
      return undefined
    }
  }
  const { database, masterKey, publicUrl, listen } = config
  const [tls, databaseUrl, key, accessKeys] = await Promise.all([
    follow('tls', async () => {
      const identity = await readTls(config.tls)
      if (identity !== undefined) checkTls(identity)
      return identity
    }),
    follow('database', async () => {
      if (database === undefined) return undefined
      return typeof database === 'string' ? new Secret(database) : readSecret(database, environment)
    }),
    follow('masterKey', async () => {
      if (masterKey === undefined) return undefined
      const secret = await readSecret(masterKey, environment)
      await loadSealer({ key: secret.reveal() }) // refuses what is no key
      return secret
    }),
    Promise.all(
      config.accessKeys.map(({ secretAccessKey, arn, ...rest }, index) =>
        follow(`accessKeys.${index}.secretAccessKey`, async (): Promise<AccessKey> => ({
          ...rest,
          secretAccessKey: await readSecret(secretAccessKey, environment),
          ...(arn !== undefined && { arn }),
        })),
      ),
    ),
  ])
  if (databaseUrl && !/^postgres(?:ql)?:\/\//.test(databaseUrl.reveal())) {
    mistakes.push('database: what the reference leads to is not a postgres:// URL')
  }
  if (mistakes.length > 0) {
    const lines = mistakes.map((mistake) => `  ${mistake}`)
    throw new HostError(
      'ERR_INVALID_INPUT',
      `The configuration cannot be used:\n${lines.join('\n')}`,
    )
  }
  const { dataDir, allowed, auth, issuer, outbound, limits } = config
  return {
    listen: { host: listen.host, ports: [listen.port], ...(tls && { tls }) },
    ...(publicUrl !== undefined && { publicUrl }),
    allowed,
    dataDir,
    ...(databaseUrl && { database: databaseUrl }),
    ...(key && { masterKey: key }),
    accessKeys: accessKeys.filter((it) => it !== undefined),
    auth,
    issuer: { ...issuer, developerSignIn: false },
    outbound,
    limits,
    artifacts: { allowFiles: false },
    identity: { createMissing: false },
  }
}

/** The certificate and key in their files, as they are now. */
export async function readTls({
  certFile,
  keyFile,
}: Config['tls']): Promise<TlsIdentity | undefined> {
  if (certFile === undefined || keyFile === undefined) return undefined
  const certificate = await readText(certFile)
  return { certificate, key: new Secret(await readText(keyFile)) }
}

function checkExposure({ listen, tls, accessKeys }: Config): string[] {
  const mistakes: string[] = []
  const ids = accessKeys.map(({ accessKeyId }) => accessKeyId)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (ids.length === 0) {
    mistakes.push('accessKeys: serve verifies every signature, so it needs at least one key')
  }
  for (const id of new Set(twice)) mistakes.push(`accessKeys: ${id} is there twice`)
  if ((tls.certFile === undefined) !== (tls.keyFile === undefined)) {
    mistakes.push('tls: certFile and keyFile go together')
  }
  if (!isLoopback(listen.host) && tls.certFile === undefined && !tls.terminatedByProxy) {
    mistakes.push(
      `listen.host: ${listen.host} is reached from other machines, which takes tls.certFile and tls.keyFile, or tls.terminatedByProxy when a proxy in front speaks TLS`,
    )
  }
  return mistakes
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

async function readSecret(reference: SecretReference, environment: Environment): Promise<Secret> {
  const isFile = 'file' in reference
  const text = isFile ? await readText(reference.file) : environment[reference.env]
  const trimmed = text?.trim() ?? ''
  if (trimmed !== '') return new Secret(trimmed)
  throw new Error(
    isFile ? `${reference.file} is empty` : `the variable ${reference.env} is not set`,
  )
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`
    throw new Error(`${file} ${why}`, { cause })
  })
}
