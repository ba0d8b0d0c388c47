// What a person's terminal is sent: a pseudo terminal of util-linux's `script`, where there is one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, test, vi } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUp } from '../support/up.ts'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))
const SCRIPT = '/usr/bin/script'
const isReady = process.platform === 'linux' && existsSync(SCRIPT)
beforeAll(() => {
  if (!isReady) announceSkip('the live tree on a terminal', `there is no ${SCRIPT}`)
})

const HIDE = '\u001B[?25l'
const SHOW = '\u001B[?25h'

const POOL = `
Resources:
  Pool: { Type: AWS::Cognito::UserPool, Properties: { UserPoolName: people } }
  Client: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Pool } }
Outputs:
  PoolId: { Value: !Ref Pool }
`

/** An answer that does not come: nobody PUTs anything to the response URL. */
const SLOW = `
Resources:
  Handler:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/x
      Code: { ZipFile: 'exports.handler = async () => {}' }
  Slow:
    Type: Custom::Slow
    Properties: { ServiceToken: !GetAtt Handler.Arn, ServiceTimeout: 60 }
`

async function world(template: string) {
  const host = await startUp('', ['--empty'])
  const folder = await temporaryFolder()
  await writeFile(join(folder.path, 'app.yaml'), template)
  const { CI: _, NO_COLOR: __, ...environment } = process.env
  const child = spawn(
    SCRIPT,
    [
      '-qefc',
      `stty cols 100 rows 30; ${process.execPath} ${CATAMARAN} deploy app.yaml`,
      '/dev/null',
    ],
    {
      cwd: folder.path,
      env: { ...environment, TERM: 'xterm-256color', HOME: host.home, XDG_STATE_HOME: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  let seen = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return {
    seen: () => seen,
    press: (key: string) => void child.stdin.write(key),
    exited,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGKILL')
      await exited
      await folder[Symbol.asyncDispose]()
      await host.end('SIGTERM')
    },
  }
}

describe.skipIf(!isReady)('on a terminal', { timeout: 180_000 }, () => {
  test('a deployment is a tree that is drawn in place, and the cursor comes back', async ({
    expect,
  }) => {
    await using it = await world(POOL)
    expect(await it.exited, it.seen()).toBe(0)
    const seen = it.seen()
    expect(seen.lastIndexOf(SHOW)).toBeGreaterThan(seen.lastIndexOf(HIDE))
    expect(seen).toContain('\u001B[32m✓') // green
    const text = stripVTControlCharacters(seen)
    expect(text).toMatch(/✓ app {2}created {2}2 of 2 {2}\d/)
    expect(text).toMatch(/✓ Pool {4}created +\d\.\d s +AWS::Cognito::UserPool\r\n/)
    expect(text).toMatch(/PoolId {2}us-east-1_/)
  })

  test('Ctrl-C shows the cursor again and says that the host goes on', async ({ expect }) => {
    await using it = await world(SLOW)
    await vi.waitFor(() => expect(it.seen()).toContain('Custom::Slow'), { timeout: 60_000 })
    await vi.waitFor(() => expect(it.seen()).toMatch(/Slow.*creating/), { timeout: 60_000 })
    it.press('\u0003')
    expect(await it.exited, it.seen()).toBe(130)
    const seen = it.seen()
    expect(seen.lastIndexOf(SHOW)).toBeGreaterThan(seen.lastIndexOf(HIDE))
    expect(seen).toContain('the host goes on with app')
  })
})
