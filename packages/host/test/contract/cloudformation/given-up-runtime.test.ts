// A stack that is given up while one of its agent runtimes is still being made: the runtime is deleted
// once it is there, and nothing stays behind.
import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { ListAgentRuntimesCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as expectLater, test } from 'vitest'
import { HTTP_AGENT, ROLE } from '../../support/agent-runtime-world.ts'
import { startAwsHost } from '../../support/aws-host.ts'
import { SOON } from '../../support/runtime-client.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { zipFiles } from '../../support/zip.ts'

const runtime = (AgentRuntimeName: string, Prefix: string) => ({
  Type: 'AWS::BedrockAgentCore::Runtime',
  Properties: {
    AgentRuntimeName,
    AgentRuntimeArtifact: {
      CodeConfiguration: {
        Code: { S3: { Bucket: 'artifacts', Prefix } },
        Runtime: 'NODE_22',
        EntryPoint: ['main.mjs'],
      },
    },
    RoleArn: ROLE,
    NetworkConfiguration: { NetworkMode: 'PUBLIC' },
    ProtocolConfiguration: 'HTTP',
  },
})

test('what is still being made is deleted when its stack is given up', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const { cloudformation, control } = host.clients()
  await mkdir(join(folder.path, 'buckets', 'artifacts'), { recursive: true })
  const slow = `setTimeout(async () => { await import('./agent.mjs') }, 1500)\n`
  const archive = zipFiles({ 'main.mjs': slow, 'agent.mjs': HTTP_AGENT })
  await writeFile(join(folder.path, 'buckets', 'artifacts', 'slow.zip'), archive)
  const TemplateBody = JSON.stringify({
    Resources: { Slow: runtime('slow', 'slow.zip'), Missing: runtime('missing', 'missing.zip') },
  })
  const StackName = 'given-up'
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }))
  const status = async () => {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }))
    return Stacks[0]?.StackStatus
  }
  await expectLater.poll(status, SOON).toMatch(/^ROLLBACK_(?:COMPLETE|FAILED)$/)
  expect(await status()).toBe('ROLLBACK_COMPLETE')
  const { agentRuntimes = [] } = await control.send(new ListAgentRuntimesCommand({}))
  expect(agentRuntimes.filter(({ status }) => status !== 'DELETING')).toEqual([])
})
