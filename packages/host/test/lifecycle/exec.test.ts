// `catamaran exec` as people use it: real programs, real signals, and what is left afterwards.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { isRunning } from '../../src/process/is-running.ts'
import { runCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { GREET, startUp } from '../support/up.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))
const NODE = process.execPath
/** An orphan that has ended is there until the system's first process has looked after it. */
const PATIENT = { timeout: 10_000 }

/** Starts `catamaran exec …` with a folder of its own for temporary files. */
function startExec(
  args: readonly string[],
  home: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const env = {
    ...process.env,
    HOME: home,
    XDG_STATE_HOME: '',
    XDG_CACHE_HOME: join(homedir(), '.cache'),
    TMPDIR: home,
    ...variables,
  }
  return spawn(NODE, [CATAMARAN, 'exec', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
}

async function runExec(
  args: readonly string[],
  home: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const child = startExec(args, home, variables)
  child.stdin.end()
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { exitCode: child.exitCode, stdout, stderr }
}

/** What a run has left in its folder for temporary files. */
async function leftovers(home: string): Promise<string[]> {
  return (await readdir(home)).filter((name) => name.startsWith('catamaran-exec-'))
}

const PRINT_ENVIRONMENT = ['--', NODE, '-p', 'JSON.stringify(process.env)']

test('a program finds Region, keys and endpoints, and none of the real ones', async ({
  expect,
}) => {
  await using host = await startUp('.', ['--empty'])
  const { home, ready } = host
  await mkdir(join(home, '.aws'))
  const real = 'aws_access_key_id = AKIAREAL\naws_secret_access_key = real-secret\n'
  await writeFile(join(home, '.aws/credentials'), `[default]\n${real}[team]\n${real}`)
  await writeFile(join(home, '.aws/config'), '[profile dev]\nrole_arn = arn:aws:iam::1:role/x\n')
  const PRINT = `
    const { readFileSync } = require('node:fs')
    const { env } = process
    const files = [env.AWS_CONFIG_FILE, env.AWS_SHARED_CREDENTIALS_FILE].map((it) => readFileSync(it, 'utf8'))
    console.log(JSON.stringify({ env, files }))`
  const run = await runExec(['--', NODE, '-e', PRINT], home, {
    AWS_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_SECRET_ACCESS_KEY: 'real-secret',
    AWS_SESSION_TOKEN: 'real-token',
    AWS_PROFILE: 'team',
    AWS_BEARER_TOKEN_BEDROCK: 'real-bearer',
    AWS_BEARER_TOKEN_BEDROCK_AGENTCORE: 'real-bearer',
    CATAMARAN_MASTER_KEY: 'real-master-key',
    CATAMARAN_DATABASE: 'postgres://user:real-password@db/name',
    AWS_REGION: 'eu-west-1',
    UNRELATED: 'kept',
  })
  expect(run.stdout).not.toMatch(/AKIAREAL|real-/)
  const { env, files } = JSON.parse(run.stdout)
  expect(env).toMatchObject({
    AWS_ACCESS_KEY_ID: '000000000000',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: ready.url,
    AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL: ready.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    UNRELATED: 'kept',
  })
  for (const gone of ['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'BEDROCK_AGENTCORE_DP_ENDPOINT']) {
    expect(env).not.toHaveProperty(gone)
  }
  expect(files.join()).toMatch(
    /\[profile dev\]\n\[profile team\]\n[^]*\[team\]\naws_access_key_id = 0/,
  )
  expect(await leftovers(home)).toEqual([])
})

test('flags choose the account and the Region', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const flags = ['--account', '111122223333', '--region', 'ap-northeast-1']
  const run = await runExec([...flags, ...PRINT_ENVIRONMENT], host.home, {
    AWS_REGION: 'eu-west-1',
  })
  expect(JSON.parse(run.stdout)).toMatchObject({
    AWS_ACCESS_KEY_ID: '111122223333',
    AWS_REGION: 'ap-northeast-1',
  })
  const wrong = await runExec(['--account', '12', '--', 'true'], host.home)
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('12 digits') })
})

const FETCH = `
const answer = await fetch('https://bedrock-agentcore.us-east-1.amazonaws.com/healthz')
console.log(answer.status, await answer.text())`
const PYTHON = `
import urllib.request
print(urllib.request.urlopen('https://lambda.eu-west-1.amazonaws.com/healthz').read().decode())`
const PROGRAMS: readonly (readonly [string, ...string[]])[] = [
  [NODE, '--input-type=module', '-e', FETCH],
  ['python3', '-c', PYTHON],
  ['curl', '-sS', 'https://sts.amazonaws.com/healthz'],
]

for (const program of PROGRAMS) {
  const [file] = program
  const isMissing = spawnSync(file, ['--version']).status !== 0
  const name = file === NODE ? 'node' : file
  test.skipIf(isMissing)(
    `an AWS host name inside a ${name} program leads here`,
    async ({ expect }) => {
      await using host = await startUp('.', ['--empty'])
      const run = await runExec(['--offline', '--', ...program], host.home)
      expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('{"status":"ok"}') })
      expect(run.stderr).toBe('')
    },
  )
}

test('--offline refuses the rest of the world and says so', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const program = `fetch('https://example.com/').catch(() => process.exit(3))`
  const run = await runExec(['--offline', '--', NODE, '-e', program], host.home)
  expect(run).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'catamaran: Refused a connection to example.com:443, because of --offline\n',
  })
})

test('exit codes are those of a shell', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const { home } = host
  const codes = async (...program: string[]) => (await runExec(['--', ...program], home)).exitCode
  expect(await codes('sh', '-c', 'exit 9')).toBe(9)
  expect(await codes('sh', '-c', 'kill -TERM $$')).toBe(143)
  expect(await codes('no-such-program')).toBe(127)
  expect(await codes(home)).toBe(126)
  expect(await leftovers(home)).toEqual([])
})

test('a program may have flags of its own, with and without --', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  for (const args of [
    ['--offline', '--', 'echo', '--offline', '--help', '--', '-x'],
    ['--offline', 'echo', '--offline', '--help', '--', '-x'],
  ]) {
    expect((await runExec(args, host.home)).stdout).toBe('--offline --help -- -x\n')
  }
})

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s reaches the program, once',
  async (signal, { expect }) => {
    await using host = await startUp('.', ['--empty'])
    const PROGRAM = `
    let count = 0
    process.on('${signal}', () => { count++; setTimeout(() => process.exit(40 + count), 100) })
    setInterval(() => {}, 1000)
    console.log('waiting')`
    const child = startExec(['--', NODE, '-e', PROGRAM], host.home)
    await once(createInterface({ input: child.stdout }), 'line')
    child.kill(signal)
    const [exitCode] = await once(child, 'close')
    expect(exitCode).toBe(41)
    expect(await leftovers(host.home)).toEqual([])
  },
)

test('what the program leaves behind goes with it', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const run = await runExec(['--', 'sh', '-c', 'sleep 60 >/dev/null 2>&1 & echo $!'], host.home)
  expect(run.exitCode).toBe(0)
  await expect.poll(() => isRunning(Number(run.stdout)), PATIENT).toBe(false)
})

test('killed, it leaves no process and no file', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const { home } = host
  const child = startExec(['--', 'sh', '-c', 'sleep 60 & echo $$ $!; wait'], home)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(await leftovers(home)).toHaveLength(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await expect.poll(() => line.split(' ').map(Number).filter(isRunning), PATIENT).toEqual([])
  await expect.poll(() => leftovers(home), PATIENT).toEqual([])
})

/** A terminal of its own, Ctrl-C after the first line, and the exit code of what ran in it. */
const TERMINAL = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
seen = b''
while b'waiting' not in seen:
    seen += os.read(fd, 1024)
os.write(fd, b'\\x03')
try:
    while os.read(fd, 1024):
        pass
except OSError:
    pass
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`

const hasPython =
  spawnSync('python3', ['-c', 'import os; os.waitstatus_to_exitcode'], {
    cwd: tmpdir(),
  }).status === 0
test.skipIf(!hasPython)('at a terminal, Ctrl-C reaches the program once', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const PROGRAM = `
    let count = 0
    process.on('SIGINT', () => { count++; setTimeout(() => process.exit(40 + count), 200) })
    setInterval(() => {}, 1000)
    console.log('waiting')`
  const command = [NODE, CATAMARAN, 'exec', '--', NODE, '-e', PROGRAM]
  const env = { ...process.env, HOME: host.home, XDG_STATE_HOME: '', TMPDIR: host.home }
  const terminal = spawn('python3', ['-c', TERMINAL, ...command], { env })
  expect(await text(terminal.stdout)).toBe('41\n')
  expect(await leftovers(host.home)).toEqual([])
})

test('without a host it says how to start one; --app brings its own', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const missing = await runExec(['--', 'true'], folder.path)
  expect(missing).toEqual({
    exitCode: 4,
    stdout: '',
    stderr: 'catamaran: No host is running; start one with `catamaran up`\n',
  })
  const program = `fetch(process.env.AWS_ENDPOINT_URL + '/healthz').then((it) => it.text()).then(console.log)`
  const run = await runExec(['--app', GREET, '--', NODE, '-e', program], folder.path)
  expect(run).toEqual({ exitCode: 0, stdout: '{"status":"ok"}\n', stderr: '' })
  expect(await leftovers(folder.path)).toEqual([])
  expect(existsSync(join(folder.path, '.local'))).toBe(false)
})

test('env prints the same for shells, without the proxy', async ({ expect }) => {
  await using host = await startUp('.', ['--empty'])
  const { home, ready } = host
  const sh = await runCommand(['env'], { home })
  const script = `${sh.stdout}\necho $AWS_ENDPOINT_URL_LAMBDA $BEDROCK_AGENTCORE_CP_ENDPOINT [$AWS_PROFILE]`
  const shell = spawnSync('sh', ['-c', script], { env: { AWS_PROFILE: 'real' } })
  expect(String(shell.stdout)).toBe(`${ready.url} ${ready.url} []\n`)
  expect(sh.stdout).not.toMatch(/proxy/i)
  const json = await runCommand(['env', '--json', '--region', 'eu-west-1'], { home })
  expect(JSON.parse(json.stdout)).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_PROFILE: null })
  const fish = await runCommand(['env', '--shell', 'fish'], { home })
  expect(fish.stdout).toContain(`set -gx AWS_ENDPOINT_URL '${ready.url}'\n`)
  const powershell = await runCommand(['env', '--shell', 'powershell'], { home })
  expect(powershell.stdout).toContain(`$Env:AWS_ENDPOINT_URL = '${ready.url}'\n`)
})
