// docs/aws.md, word for word: every `sh` block in one shell, with the AWS CLI and the CDK's own command
// in `catamaran exec`, from the identity of the caller to the deletion of the secret.
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { catamaran } from '../../../packages/cdk/test/support/catamaran.ts'
import { announceSkip } from '../../../packages/host/test/support/announce-skip.ts'
import { startAwsHost } from '../../../packages/host/test/support/aws-host.ts'
import { pythonEnvironment } from '../../../packages/host/test/support/python-environment.ts'
import { temporaryFolder } from '../../../packages/host/test/support/temporary-folder.ts'
import { STAND_IN_KEY, startOpenAiStandIn } from './openai-stand-in.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const ANSWER = 'カタマランは、二つの船体を一つの甲板でつないだ双胴船です。'
const LIMIT_MS = 600_000

const python = await pythonEnvironment('newest') // for the AWS CLI
if (typeof python === 'string') announceSkip('docs/aws.md', python)

const options = { skip: typeof python === 'string', timeout: LIMIT_MS }

test('the guide to AWS works as it is written', options, async ({ expect }) => {
  await using world = await startAwsHost()
  await using openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
  await using assembly = await temporaryFolder()
  const variables = typeof python === 'string' ? {} : python.env
  const script = await readCommands(join(ROOT, 'docs/aws.md'))
  const { exitCode, output, stdout } = await catamaran(
    ['exec', '--url', world.url, '--', 'bash', '-euo', 'pipefail', '-c', script],
    {
      ...variables,
      PATH: [join(ROOT, 'node_modules/.bin'), variables['PATH']].join(delimiter),
      CDK_OUTPUT: join(assembly.path, 'cdk.out'), // not into the example
      OPENAI_API_KEY: STAND_IN_KEY,
      OPENAI_BASE_URL: openAi.baseUrl,
    },
  )
  expect(exitCode, output).toBe(0)
  expect(stdout).toContain('"name":"LambdaTarget___openai_web_search"')
  expect(stdout).toContain('"name":"openai_web_search"')
  expect(stdout).toContain('"access_token"')
  expect(stdout.split(ANSWER).length - 1).toBeGreaterThanOrEqual(2)
  expect(openAi.requests.length).toBe(2)
})

async function readCommands(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block ?? '')
  return [`cd '${join(ROOT, 'examples/web-search/cdk')}'`, ...blocks].join('\n')
}
