import { test } from 'vitest'
import { loadSealer } from '../kernel/seal.ts'
import { openStore } from '../store/store.ts'
import { loadPoolClients } from './pool-clients.ts'

const sealer = await loadSealer({ key: Buffer.alloc(32, 7).toString('base64') })

async function start() {
  const options = { sealer, poolId: 'us-east-1_AbCdEfGhI', now: Date.now, hasScope: () => true }
  const store = openStore(':memory:')
  const load = () => loadPoolClients({ ...options, store })
  const clients = await load()
  const { clientId } = await clients.create({ clientName: 'shop' }, { secret: 'generate' })
  return { clients, clientId, load }
}

test('a client that is deleted while it is changed stays deleted', async ({ expect }) => {
  const { clients, clientId, load } = await start()
  const changing = clients.delete(clientId)
  await expect(clients.update(clientId, { clientName: 'late' })).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
  })
  await changing
  expect(clients.list()).toEqual([])
  expect((await load()).list()).toEqual([])
})

test('of two changes at once, neither undoes the other', async ({ expect }) => {
  const { clients, clientId, load } = await start()
  await Promise.all([
    clients.update(clientId, { clientName: 'store' }),
    clients.addSecret(clientId),
  ])
  const found = (await load()).get(clientId)
  expect(found).toEqual(clients.get(clientId))
  expect([found.clientName, found.secrets.length]).toEqual(['store', 2])
})

test('a registered client that people let in is still in use after a change', async ({
  expect,
}) => {
  const { clients } = await start()
  const { clientId } = await clients.create({ clientName: 'agent' }, { origin: 'registration' })
  await clients.markUsed(clientId)
  expect(await clients.update(clientId, { clientName: 'agent 2' })).toMatchObject({ isUsed: true })
})
