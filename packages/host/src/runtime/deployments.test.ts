import { test } from 'vitest'
import { agentRuntimeArn, createAgentRuntimeId } from '../kernel/ids.ts'
import { silentLog } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { AgentRuntimeRecord, RuntimeVersionRecord } from './agent-runtime-record.ts'
import { createDeployments } from './deployments.ts'
import { newEndpoint } from './new-endpoint.ts'
import { createRegistry } from './registry.ts'

const TIME = '2026-01-02T03:04:05.000Z'

function creating(name: string) {
  const agentRuntimeId = createAgentRuntimeId(name)
  const times = { createdAt: TIME, lastUpdatedAt: TIME }
  const record: AgentRuntimeRecord = {
    agentRuntimeId,
    agentRuntimeArn: agentRuntimeArn(agentRuntimeId),
    agentRuntimeName: name,
    scope: DEFAULT_SCOPE,
    origin: 'api',
    tags: {},
    newestVersion: '1',
    ...times,
  }
  const version: RuntimeVersionRecord = {
    agentRuntimeId,
    version: '1',
    definition: {
      roleArn: 'arn:aws:iam::000000000000:role/agent',
      networkConfiguration: { networkMode: 'PUBLIC' },
      protocol: 'HTTP',
      lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
      environmentVariables: {},
      requireMMDSV2: true,
      platformVersion: 'V1',
    },
    state: { status: 'CREATING' },
    ...times,
  }
  return { record, version, endpoint: newEndpoint(agentRuntimeId, 'DEFAULT', TIME) }
}

test('what a former host began is finished; what this one began is not begun twice', async ({
  expect,
}) => {
  const registry = createRegistry()
  const put = ({ record, version, endpoint }: ReturnType<typeof creating>) =>
    registry.put([{ runtime: record }, { version }, { endpoint }])
  const [left, own] = [creating('left'), creating('own')]
  put(left)
  const prepared: string[] = []
  const deployments = createDeployments({
    registry,
    starter: {
      async prepare({ agentRuntimeId }) {
        prepared.push(agentRuntimeId)
        throw new Error('nothing to prepare')
      },
      start: async () => Promise.reject(new Error('never started')),
      keepOnly: async () => undefined,
    },
    signal: new AbortController().signal,
    now: () => 0,
    log: silentLog,
    onMoved() {},
  })
  put(own)
  deployments.begin(own.record, own.version)
  deployments.resume()
  await deployments.settled()
  expect(prepared).toEqual([own.record.agentRuntimeId, left.record.agentRuntimeId])
  for (const { record } of [own, left]) {
    const state = registry.find(record.agentRuntimeId)?.versions.get('1')?.state
    expect(state).toMatchObject({ status: 'CREATE_FAILED' })
  }
})
