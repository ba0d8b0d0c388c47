import { test } from 'vitest'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { openStore, type Store } from '../store/store.ts'
import { loadIdentityRows } from './identity-rows.ts'
import { createLinkedIdentities } from './linked-identities.ts'
import { createWorkloadIdentities } from './workload-identities.ts'

const NAME = 'gateway-abcde01234'
const URLS = ['https://app.example/return']

async function load(store: Store) {
  const rows = await loadIdentityRows(store)
  const identities = createWorkloadIdentities({ rows, store, now: () => 1_000 })
  return { ...identities, linked: createLinkedIdentities(rows) }
}

test('a linked identity is there once its service has written and committed it', async ({
  expect,
}) => {
  await using store = openStore(':memory:')
  const identities = await load(store)
  const linked = identities.linked.describe(DEFAULT_SCOPE, NAME, 1_000)
  expect(identities.find(DEFAULT_SCOPE, NAME)).toBeUndefined()
  await store.write(linked.created)
  linked.commit()
  expect(identities.get(DEFAULT_SCOPE, NAME)).toMatchObject({ madeBy: 'service' })

  const restarted = await load(store)
  const known = restarted.linked.describe(DEFAULT_SCOPE, NAME, 2_000)
  expect(known.workloadIdentityArn).toBe(linked.workloadIdentityArn)
  expect(restarted.get(DEFAULT_SCOPE, NAME).createdAtMs).toBe(1_000)
  await store.write(known.removed)
  known.uncommit()
  expect(restarted.find(DEFAULT_SCOPE, NAME)).toBeUndefined()
  expect((await load(store)).find(DEFAULT_SCOPE, NAME)).toBeUndefined()
})

test('what users set on an identity of the app file waits for its gateway', async ({ expect }) => {
  await using store = openStore(':memory:')
  const identities = await load(store)
  identities.linked.describe(DEFAULT_SCOPE, NAME, 1_000).commit()
  await identities.update(DEFAULT_SCOPE, NAME, URLS)
  expect(identities.get(DEFAULT_SCOPE, NAME).allowedResourceOauth2ReturnUrls).toEqual(URLS)

  const restarted = await load(store)
  expect(restarted.find(DEFAULT_SCOPE, NAME)).toBeUndefined()
  restarted.linked.describe(DEFAULT_SCOPE, NAME, 2_000).commit()
  expect(restarted.get(DEFAULT_SCOPE, NAME).allowedResourceOauth2ReturnUrls).toEqual(URLS)
})
