// A host is killed while it deploys; the next one goes on and ends where the first would have.
import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
  type StackStatus,
} from '@aws-sdk/client-cloudformation'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { seenThroughStack } from '../support/account-snapshot.ts'
import { createClients, type AwsClients } from '../support/aws-host.ts'
import { findSecrets } from '../support/find-secret.ts'
import { writeTemplate, type Blocks } from '../support/service-pairs.ts'
import { settled } from '../support/stack-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUp } from '../support/up.ts'

const StackName = 'app'
const ONE: Blocks = {
  Parameter: 1,
  Role: 1,
  Function: 1,
  Alias: 1,
  Permission: 1,
  Pool: 1,
  Scopes: 1,
  Client: 1,
  Secret: 1,
  Gateway: 1,
  Target: 1,
  Identity: 1,
}
/** Something of each kind of change: in place, replaced, removed. */
const TWO: Blocks = {
  ...ONE,
  Parameter: 4,
  Function: 4,
  Alias: 0,
  Pool: 3,
  Client: 2,
  Secret: 3,
  Target: 2,
  Identity: 2,
}
/** How long after the answer the host is killed: in the middle, wherever that is on this machine. */
const DELAYS_MS = [0, 10, 30, 60]

test('a deployment survives its host', { timeout: 240_000 }, async ({ expect }) => {
  await using folder = await temporaryFolder()
  const flags = ['--data-dir', folder.path]
  let interrupted = 0
  for (const [index, delayMs] of DELAYS_MS.entries()) {
    const accountId = String(200_000_000_000 + index)
    for (const wanted of ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] as const) {
      if (await killAfter(delayMs, flags, accountId, wanted)) interrupted += 1
    }
  }
  expect(interrupted).toBeGreaterThan(0)

  await using host = await startUp('--empty', flags)
  const fresh = createClients(host.ready.url, { accountId: '300000000000' })
  await ask(fresh, 'UPDATE_COMPLETE', 'CREATE')
  await settled(fresh.cloudformation, StackName)
  const wanted = await seenThroughStack(fresh, StackName)
  for (const index of DELAYS_MS.keys()) {
    const clients = createClients(host.ready.url, { accountId: String(200_000_000_000 + index) })
    expect(await seenThroughStack(clients, StackName)).toEqual(wanted)
  }
  const secrets = { one: 'hidden 1', two: 'hidden 0' }
  expect(await findSecrets({ secrets, folders: [folder.path] })).toEqual([])
  expect(host.complaints()).toBe('')
})

/** Says whether the host died in the middle of the work. */
async function killAfter(
  delayMs: number,
  flags: readonly string[],
  accountId: string,
  wanted: StackStatus,
): Promise<boolean> {
  let killedAt = 0
  {
    await using host = await startUp('--empty', flags)
    await ask(createClients(host.ready.url, { accountId }), wanted)
    await delay(delayMs)
    killedAt = Date.now()
    await host.end('SIGKILL')
  }
  await using host = await startUp('--empty', flags)
  const clients = createClients(host.ready.url, { accountId })
  const { StackStatus: ended, StackStatusReason } = await settled(clients.cloudformation, StackName)
  if (ended !== wanted) throw new Error(`${ended} instead of ${wanted}: ${StackStatusReason}`)
  const { StackEvents = [] } = await clients.cloudformation.send(
    new DescribeStackEventsCommand({ StackName }),
  )
  const last = StackEvents[0]?.OperationId
  const times = StackEvents.filter(({ OperationId }) => OperationId === last).map(
    ({ Timestamp }) => (Timestamp?.getTime() ?? 0) < killedAt,
  )
  return times.includes(true) && times.includes(false)
}

async function ask(
  { cloudformation }: AwsClients,
  wanted: StackStatus,
  how: 'CREATE' | 'UPDATE' = wanted === 'CREATE_COMPLETE' ? 'CREATE' : 'UPDATE',
): Promise<void> {
  const TemplateBody = writeTemplate(wanted === 'CREATE_COMPLETE' ? ONE : TWO)
  const input = { StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM' as const] }
  if (how === 'CREATE') await cloudformation.send(new CreateStackCommand(input))
  else await cloudformation.send(new UpdateStackCommand(input))
}
