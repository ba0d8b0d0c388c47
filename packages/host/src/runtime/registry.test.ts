import { test } from 'vitest'
import { createAgentRuntimeId, agentRuntimeArn } from '../kernel/ids.ts'
import { loadSealer } from '../kernel/seal.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { openStore } from '../store/store.ts'
import type { AgentRuntimeRecord, RuntimeVersionRecord } from './agent-runtime-record.ts'
import { openRegistry, type RegistryChange } from './registry.ts'
import { newEndpoint } from './new-endpoint.ts'

const KEY = { key: Buffer.alloc(32, 1).toString('base64') }
const TIME = '2026-01-02T03:04:05.000Z'

/** A runtime with one version, READY, and its endpoint. */
function agentRuntime(name: string, secret: string): readonly RegistryChange[] {
  const agentRuntimeId = createAgentRuntimeId(name)
  const runtime: AgentRuntimeRecord = {
    agentRuntimeId,
    agentRuntimeArn: agentRuntimeArn(agentRuntimeId),
    agentRuntimeName: name,
    scope: DEFAULT_SCOPE,
    origin: 'api',
    tags: {},
    newestVersion: '1',
    createdAt: TIME,
    lastUpdatedAt: TIME,
  }
  const version: RuntimeVersionRecord = {
    agentRuntimeId,
    version: '1',
    definition: {
      roleArn: 'arn:aws:iam::000000000000:role/agent',
      networkConfiguration: { networkMode: 'PUBLIC' },
      protocol: 'HTTP',
      lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
      environmentVariables: { SECRET: secret },
      requireMMDSV2: true,
      platformVersion: 'V1',
    },
    state: { status: 'READY' },
    createdAt: TIME,
    lastUpdatedAt: TIME,
  }
  return [{ runtime }, { version }, { endpoint: newEndpoint(agentRuntimeId, 'DEFAULT', TIME) }]
}

test('what was written is read again, and its variables are sealed', async ({ expect }) => {
  await using store = openStore(':memory:')
  const sealer = await loadSealer(KEY)
  const registry = await openRegistry({ store, sealer })
  await registry.write(agentRuntime('agent', 'top secret'))
  const rows = JSON.stringify(await store.list('runtime-version'))
  expect(rows).not.toContain('top secret')
  const again = await openRegistry({ store, sealer })
  const entry = again.findByName(DEFAULT_SCOPE, 'agent')
  expect(entry?.versions.get('1')?.definition.environmentVariables).toEqual({
    SECRET: 'top secret',
  })
  expect([...(entry?.endpoints.keys() ?? [])]).toEqual(['DEFAULT'])
  if (entry) await again.write([{ removedRuntime: entry.record }])
  for (const kind of ['runtime', 'runtime-version', 'runtime-endpoint']) {
    expect(await store.list(kind)).toEqual([])
  }
})

test('what could not be stored is not known', async ({ expect }) => {
  await using store = openStore(':memory:')
  const failing = {
    ...store,
    write: async () => Promise.reject(new Error('disk full')),
  }
  const registry = await openRegistry({ store: failing, sealer: await loadSealer(KEY) })
  await expect(registry.write(agentRuntime('agent', 's'))).rejects.toThrow('disk full')
  expect([...registry.list()]).toEqual([])
})

test('changes take turns, also after one that failed', async ({ expect }) => {
  const registry = await openRegistry({
    store: openStore(':memory:'),
    sealer: await loadSealer(KEY),
  })
  const order: string[] = []
  const first = registry.inTurn(async () => {
    await new Promise((resolve) => setImmediate(resolve))
    order.push('first')
    throw new Error('refused')
  })
  const second = registry.inTurn(async () => void order.push('second'))
  await expect(first).rejects.toThrow('refused')
  await second
  expect(order).toEqual(['first', 'second'])
})

test('1,000 runtimes are read in a moment', async ({ expect }) => {
  await using store = openStore(':memory:')
  const sealer = await loadSealer(KEY)
  const registry = await openRegistry({ store, sealer })
  for (let i = 0; i < 1_000; i += 1) await registry.write(agentRuntime(`agent${i}`, 's'))
  const startedAt = performance.now()
  const again = await openRegistry({ store, sealer })
  const tookMs = performance.now() - startedAt
  expect([...again.list()]).toHaveLength(1_000)
  expect(tookMs).toBeLessThan(500)
})
