// Both hulls ask a stand-in for OpenAI; without a key, both say so when called.
import assert from 'node:assert/strict'
import { check } from '../support/check.ts'
import { textOf } from '../support/text.ts'
import { STAND_IN_KEY, startOpenAiStandIn } from './test/openai-stand-in.ts'

const ANSWER = 'カタマランは、二つの船体を一つの甲板でつないだ双胴船です。'
const TOOLS = [
  { hull: 'gateway', name: 'LambdaTarget___openai_web_search' },
  { hull: 'runtime', name: 'openai_web_search' },
] as const

const call = { arguments: { question: 'カタマランとは何ですか。' } }
const folder = import.meta.dirname

await using openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
const OPENAI_BASE_URL = openAi.baseUrl

const withKey = { OPENAI_BASE_URL, OPENAI_API_KEY: STAND_IN_KEY }
await check('a search is answered', { folder, environment: withKey }, async (host) => {
  for (const { hull, name } of TOOLS) {
    const client = await host.connect(hull)
    const steps: unknown[] = []
    const answer = await client.callTool(
      { name, ...call },
      { onprogress: ({ message }) => void steps.push(message) },
    )
    assert.equal(textOf(answer), ANSWER)
    // A Lambda function has no way to report before it returns; a server process has.
    if (hull === 'runtime') assert.deepEqual(steps[0], 'Searching the web')
  }
  assert.equal(openAi.requests.length, TOOLS.length)
})

const withoutKey = { OPENAI_BASE_URL, OPENAI_API_KEY: '' }
await check(
  'a missing key is named when it is needed',
  { folder, environment: withoutKey },
  async (host) => {
    for (const { hull, name } of TOOLS) {
      const client = await host.connect(hull)
      const answer = await client.callTool({ name, ...call })
      assert.equal(answer.isError, true)
      assert.match(textOf(answer), /OPENAI_API_KEY is not set/)
    }
  },
)
