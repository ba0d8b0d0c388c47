// The MCP conformance suite's tests of authorization servers, with somebody at the browser.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { findFreePort } from '../../src/runtime/free-port.ts'
import { openBrowser } from '../support/browser.ts'
import { createTestClient, SCOPES, startOAuthWorld } from '../support/oauth-world.ts'

const SUITE = fileURLToPath(
  import.meta
    .resolve('@modelcontextprotocol/conformance/package.json')
    .replace('package.json', 'dist/index.js'),
)
const ADA = { username: 'ada', password: 'Lovelace-1815' }

test(
  'the conformance suite finds a good authorization server',
  { timeout: 60_000 },
  async ({ expect }) => {
    await using world = await startOAuthWorld()
    await createTestClient(world)
    const { users } = await world.issuer.people()
    await users.create({ username: ADA.username })
    await users.setPassword(ADA.username, ADA.password, { isPermanent: true })
    const { clientId } = await world.issuer.clients.create({
      clientName: 'conformance',
      // Any port of loopback: RFC 8252 §7.3.
      callbackUrls: ['http://127.0.0.1/callback'],
      scopes: SCOPES,
      allowedOAuthFlows: ['code'],
      allowsOAuth: true,
    })
    const flags = ['--url', world.issuerUrl, '--client-id', clientId, '--resource', world.mcpUrl]
    const port = ['--port', String(await findFreePort())]
    const suite = spawn(process.execPath, [SUITE, 'authorization', ...flags, ...port], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(suite, 'exit')
    const lines: string[] = []
    for await (const line of createInterface(suite.stdout)) {
      lines.push(line)
      if (line.startsWith(`${world.issuerUrl}/oauth2/authorize?`)) void signIn(line)
    }
    const [exitCode] = (await exited) as [number | null]
    expect(exitCode, lines.join('\n')).toBe(0)
    expect(lines.join('\n')).toContain('authorization-code-grant')

    async function signIn(url: string): Promise<void> {
      const browser = openBrowser(world.url)
      const { leftFor } = await browser.submit(await browser.open(url), 'sign-in', ADA)
      if (leftFor === undefined) suite.kill()
      else await fetch(leftFor)
    }
  },
)
