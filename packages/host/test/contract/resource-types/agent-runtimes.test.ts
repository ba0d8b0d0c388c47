import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GetAgentRuntimeCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { HTTP_AGENT } from '../../support/agent-runtime-world.ts'
import { startResourceWorld, type ResourceWorld } from '../../support/resource-world.ts'
import { zipFiles } from '../../support/zip.ts'

const RUNTIME = 'AWS::BedrockAgentCore::Runtime'
const ENDPOINT = 'AWS::BedrockAgentCore::RuntimeEndpoint'

const runtime = (Prefix: string): JsonObject => ({
  AgentRuntimeName: 'it',
  AgentRuntimeArtifact: {
    CodeConfiguration: {
      Code: { S3: { Bucket: 'artifacts', Prefix } },
      Runtime: 'NODE_22',
      EntryPoint: ['main.mjs'],
    },
  },
  RoleArn: 'arn:aws:iam::000000000000:role/any',
  NetworkConfiguration: { NetworkMode: 'PUBLIC' },
  ProtocolConfiguration: 'HTTP',
  EnvironmentVariables: { AGENT_VERSION: 1 },
  LifecycleConfiguration: { IdleRuntimeSessionTimeout: '120' },
  Tags: { team: 'deck' },
})

async function putArchive({ bucketsDir }: ResourceWorld, key: string) {
  await mkdir(join(bucketsDir, 'artifacts'), { recursive: true })
  await writeFile(join(bucketsDir, 'artifacts', key), zipFiles({ 'main.mjs': HTTP_AGENT }))
}

test('an agent runtime and an endpoint are made, changed in place and deleted twice', async () => {
  await using world = await startResourceWorld()
  await putArchive(world, 'agent.zip')
  const made = await world.create(RUNTIME, runtime('agent.zip'))
  expect(made.physicalId).toMatch(/^it-[a-zA-Z0-9]{10}$/)
  expect(made.attributes).toMatchObject({
    AgentRuntimeArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/${made.physicalId}`,
    AgentRuntimeId: made.physicalId,
    AgentRuntimeVersion: '1',
    Status: 'READY',
    'WorkloadIdentityDetails.WorkloadIdentityArn': expect.stringContaining('workload-identity'),
  })
  const get = () =>
    world.clients.control.send(new GetAgentRuntimeCommand({ agentRuntimeId: made.physicalId }))
  expect(await get()).toMatchObject({
    protocolConfiguration: { serverProtocol: 'HTTP' },
    environmentVariables: { AGENT_VERSION: '1' },
    lifecycleConfiguration: { idleRuntimeSessionTimeout: 120 },
  })

  const endpoint = await world.create(ENDPOINT, {
    AgentRuntimeId: made.physicalId,
    AgentRuntimeVersion: '1',
    Name: 'live',
  })
  expect(endpoint.physicalId).toMatch(/runtime-endpoint\/live$/)
  expect(endpoint.attributes).toMatchObject({
    AgentRuntimeEndpointArn: endpoint.physicalId,
    AgentRuntimeArn: made.attributes['AgentRuntimeArn'],
    LiveVersion: '1',
    Status: 'READY',
  })

  const { EnvironmentVariables: _, ...rest } = runtime('agent.zip')
  const changed = await world.update(made, { ...rest, Description: 'changed', Tags: {} })
  expect(changed.attributes['AgentRuntimeVersion']).toBe('2')
  expect((await get()).environmentVariables ?? {}).toEqual({})
  const tagged = await world.update(changed, { ...changed.properties, Tags: { team: 'hull' } })
  expect(tagged.attributes['AgentRuntimeVersion']).toBe('2')
  const moved = await world.update(endpoint, { ...endpoint.properties, AgentRuntimeVersion: '2' })
  expect(moved.attributes['LiveVersion']).toBe('2')
  expect(world.type(RUNTIME).needsReplacement(rest, { ...rest, AgentRuntimeName: 'other' })).toBe(
    true,
  )

  for (const live of [moved, tagged, moved, tagged]) await world.delete(live)
})

test('an agent runtime whose artifact cannot be read fails with the reason, and can be deleted', async () => {
  await using world = await startResourceWorld()
  await expect(world.create(RUNTIME, runtime('none.zip'))).rejects.toThrow(
    /^It is CREATE_FAILED: .*none\.zip/,
  )
  const [physicalId = ''] = world.initiated
  const properties = runtime('none.zip')
  await world.delete({ physicalId, attributes: {}, type: RUNTIME, logicalId: 'It', properties })
  await expect(
    world.clients.control.send(new GetAgentRuntimeCommand({ agentRuntimeId: physicalId })),
  ).rejects.toThrow(/No agent runtime|not found/i)
})

test('what this host has not is refused before anything is made', async () => {
  await using world = await startResourceWorld()
  const check = (properties: JsonObject) =>
    world.type(RUNTIME).check?.({ ...runtime('agent.zip'), ...properties }, 'It')
  expect(check({})).toEqual([])
  expect(
    check({
      NetworkConfiguration: { NetworkMode: 'VPC' },
      ProtocolConfiguration: 'A2A',
      FilesystemConfigurations: [{ SessionStorage: { MountPath: '/mnt/it' } }],
    }),
  ).toEqual([
    expect.stringMatching(/^FilesystemConfigurations cannot be had/),
    'NetworkConfiguration/NetworkMode VPC cannot be had: there are no VPCs here; PUBLIC is served',
    'ProtocolConfiguration A2A cannot be had: it is not served by this host; MCP and HTTP are',
  ])
})
