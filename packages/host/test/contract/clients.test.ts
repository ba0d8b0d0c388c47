// Would an unmodified client be happy? Each one connects to both hulls of a real host and calls the
// article's tool, with OAuth from the first 401 on where the client can.
import type { TestContext } from 'vitest'
import { aiSdk } from '../support/clients/ai-sdk.ts'
import type { Greet, Greeting } from '../support/clients/greet.ts'
import { inspector } from '../support/clients/inspector.ts'
import { mcpRemote } from '../support/clients/mcp-remote.ts'
import { sdkV1, sdkV1WithToken } from '../support/clients/sdk-v1.ts'
import { sdkV2 } from '../support/clients/sdk-v2.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { GREET, HULLS, startUp } from '../support/up.ts'
import { verifies } from '../support/verifies.ts'

const TEXT = 'Hello, Ada! Nice to meet you. This is a test message.'

verifies('clients:sdk-v2-legacy', async ({ expect }) => {
  const greetings = await greetBoth(expect, sdkV2({ mode: 'legacy' }))
  expect(greetings.map(({ revision }) => revision)).toEqual(['2025-11-25', '2025-11-25'])
})

verifies('clients:sdk-v2-auto', async ({ expect }) => {
  const greetings = await greetBoth(expect, sdkV2({ mode: 'auto' }))
  expect(greetings.map(({ revision }) => revision)).toEqual(['2026-07-28', '2026-07-28'])
})

verifies('clients:sdk-v2-modern', async ({ expect }) => {
  const greetings = await greetBoth(expect, sdkV2({ mode: { pin: '2026-07-28' } }))
  expect(greetings.map(({ revision }) => revision)).toEqual(['2026-07-28', '2026-07-28'])
})

verifies('clients:sdk-v1', async ({ expect }) => {
  const greetings = await greetBoth(expect, sdkV1)
  expect(greetings.map(({ revision }) => revision)).toEqual(['2025-11-25', '2025-11-25'])
})

verifies('clients:sdk-v1-bearer', async ({ expect }) => {
  await greetBoth(expect, sdkV1WithToken)
})

verifies(
  'clients:inspector',
  async ({ expect }) => {
    await using home = await temporaryFolder()
    await greetBoth(expect, inspector('legacy', home.path), inspector('modern', home.path))
  },
  { timeout: 180_000 }, // eight starts of a large command line
)

verifies('clients:mcp-remote', async ({ expect }) => {
  await using home = await temporaryFolder()
  await greetBoth(expect, mcpRemote(home.path))
})

verifies('clients:ai-sdk', async ({ expect }) => {
  await greetBoth(expect, aiSdk)
})

/** Greets through the gateway and through the runtime, with every client given. */
async function greetBoth(expect: TestContext['expect'], ...clients: readonly Greet[]) {
  await using host = await startUp(GREET)
  const { oauth } = host.ready
  if (oauth === undefined) throw new Error('The host has no issuer')
  const token = await host.token()
  const greetings: Greeting[] = []
  for (const greet of clients) {
    for (const hull of HULLS) {
      const greeting = await greet({ url: host.urlOf(hull), oauth, token })
      const name = hull === 'runtime' ? /^greet_user$/ : /^[0-9a-zA-Z-]+___greet_user$/
      expect(greeting.text, hull).toBe(TEXT)
      expect(greeting.tools, hull).toEqual([expect.stringMatching(name)])
      greetings.push(greeting)
    }
  }
  return greetings
}
