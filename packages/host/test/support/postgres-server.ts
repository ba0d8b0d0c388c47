// A PostgreSQL of the test's own, from the binaries of the machine's package: in a temporary folder, on a
// loopback port that was free, gone with the test.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { findFreePort } from '../../src/runtime/free-port.ts'

export interface PostgresServer extends AsyncDisposable {
  readonly port: number
  readonly password: string
  /** A database URL, for a schema of the caller's own. */
  url(options?: { readonly schema?: string; readonly port?: number }): string
  /** Starts it again after `stop`, with the same data on the same port. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

const PACKAGE_DIR = '/usr/lib/postgresql'
const USER = 'catamaran'
const PASSWORD = 'p@ss/word-of-the-test'

/** A running server, or why there is none on this machine. */
export async function startPostgres(): Promise<PostgresServer | string> {
  const binaries = await findBinaries()
  if (binaries === undefined) return 'PostgreSQL (initdb, postgres) is not installed'
  const owner = await unprivilegedUser()
  if (owner === undefined) return 'PostgreSQL refuses root, and there is no other user to run it as'
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-pg-'))
  try {
    await initialize(binaries, folder, owner)
    return await startServer(binaries, folder, owner)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function startServer(
  { postgres }: Binaries,
  folder: string,
  owner: Owner,
): Promise<PostgresServer> {
  const port = await findFreePort()
  let child: ChildProcess | undefined
  const kill = () => child?.kill('SIGQUIT')
  process.once('exit', kill)

  async function start(): Promise<void> {
    // Nothing has to survive a power cut here, so nothing waits for the disk.
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
    const listen = [`listen_addresses=127.0.0.1`, `port=${port}`, `unix_socket_directories=`]
    child = spawn(
      postgres,
      ['-D', join(folder, 'data'), ...[...settings, ...listen].flatMap((it) => ['-c', it])],
      { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    await ready(child)
  }

  async function stop(): Promise<void> {
    if (child === undefined) return
    const exited = once(child, 'exit')
    child.kill('SIGINT') // fast shutdown: sessions are ended, not waited for
    child = undefined
    await exited
  }

  await start()
  return {
    port,
    password: PASSWORD,
    url({ schema, port: through = port } = {}) {
      const credentials = `${USER}:${encodeURIComponent(PASSWORD)}`
      const query = schema === undefined ? '' : `?schema=${schema}`
      return `postgres://${credentials}@127.0.0.1:${through}/postgres${query}`
    },
    start,
    stop,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits for the line that says so, and keeps the log flowing afterwards. */
async function ready(child: ChildProcess): Promise<void> {
  const lines: string[] = []
  if (child.stderr === null) throw new Error('PostgreSQL was started without its log')
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line)
    if (line.includes('ready to accept connections')) {
      child.stderr.resume()
      return
    }
  }
  throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`)
}

async function initialize({ initdb }: Binaries, folder: string, owner: Owner): Promise<void> {
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, PASSWORD)
  await Promise.all([folder, passwordFile].map((path) => chown(path, owner.uid, owner.gid)))
  const child = spawn(
    initdb,
    [
      `--pgdata=${join(folder, 'data')}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const [exitCode] = await once(child, 'close')
  if (exitCode !== 0) throw new Error(`initdb left with ${exitCode}:\n${complaints}`)
}

/** Debian keeps them out of PATH, one folder for each major version. */
async function findBinaries(): Promise<Binaries | undefined> {
  const versions = (await readdir(PACKAGE_DIR).catch((): string[] => [])).sort(
    (a, b) => Number(b) - Number(a),
  )
  const folders = [
    ...versions.map((version) => join(PACKAGE_DIR, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => [])
    if (names.includes('initdb') && names.includes('postgres')) {
      return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
    }
  }
  return undefined
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** Ourselves, unless we are root. */
async function unprivilegedUser(): Promise<Owner | undefined> {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()]
  if (uid === undefined || gid === undefined) return undefined
  if (uid !== 0) return { uid, gid }
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const user =
    users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  return user && { uid: Number(user[2]), gid: Number(user[3]) }
}
