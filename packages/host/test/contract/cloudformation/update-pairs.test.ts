// The bar of updates over the types that this host serves: the account ends as after a fresh deployment
// of the new template, or, when something fails on the way, as it was.
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import fc from 'fast-check'
import { test } from 'vitest'
import { seenThroughStack, snapshot } from '../../support/account-snapshot.ts'
import { startAwsHost, type AwsClients } from '../../support/aws-host.ts'
import { servicePair, writeTemplate } from '../../support/service-pairs.ts'
import { settled } from '../../support/stack-world.ts'

const RUNS = 36
const StackName = 'app'
const named = { StackName, Capabilities: ['CAPABILITY_IAM' as const] }

test(
  'an update ends as a fresh deployment, or as it began',
  { timeout: 240_000 },
  async ({ expect }) => {
    await using aws = await startAwsHost()
    let accounts = 100_000_000_000
    const nextAccount = async () => {
      accounts += 1
      const clients = aws.clients({ accountId: String(accounts) })
      const Value = 'by somebody else'
      await clients.ssm.send(new PutParameterCommand({ Name: '/taken', Type: 'String', Value }))
      return clients
    }
    const endings = new Map<string, number>()

    await fc.assert(
      fc.asyncProperty(servicePair, async ({ before, after, bad }) => {
        const clients = await nextAccount()
        expect(await create(clients, writeTemplate(before))).toBe('CREATE_COMPLETE')
        const old = await seenThroughStack(clients, StackName)
        const status = await update(clients, writeTemplate(after, bad))
        endings.set(status, (endings.get(status) ?? 0) + 1)
        if (bad !== undefined) {
          expect(status, await failures(clients)).toBe('UPDATE_ROLLBACK_COMPLETE')
          expect(await seenThroughStack(clients, StackName)).toEqual(old)
        } else {
          expect(status, await failures(clients)).toMatch(/^UPDATE_COMPLETE$|^nothing to do$/)
          const fresh = await nextAccount()
          expect(await create(fresh, writeTemplate(after))).toBe('CREATE_COMPLETE')
          expect(await seenThroughStack(clients, StackName)).toEqual(
            await seenThroughStack(fresh, StackName),
          )
        }
        await clients.cloudformation.send(new DeleteStackCommand({ StackName }))
        await gone(clients)
        const left = await snapshot(clients, new Map())
        expect(left).toEqual([expect.stringContaining('by somebody else')])
      }),
      { numRuns: RUNS },
    )
    expect(endings.get('UPDATE_COMPLETE')).toBeGreaterThan(10)
    expect(endings.get('UPDATE_ROLLBACK_COMPLETE')).toBeGreaterThan(5)
  },
)

async function create({ cloudformation }: AwsClients, TemplateBody: string) {
  await cloudformation.send(new CreateStackCommand({ ...named, TemplateBody }))
  return (await settled(cloudformation, StackName)).StackStatus
}

async function update({ cloudformation }: AwsClients, TemplateBody: string): Promise<string> {
  try {
    await cloudformation.send(new UpdateStackCommand({ ...named, TemplateBody }))
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('No updates')) return 'nothing to do'
    throw error
  }
  return (await settled(cloudformation, StackName)).StackStatus ?? ''
}

async function gone({ cloudformation }: AwsClients): Promise<void> {
  try {
    await settled(cloudformation, StackName)
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return
    throw error
  }
}

async function failures({ cloudformation }: AwsClients): Promise<string> {
  const { StackEvents = [] } = await cloudformation.send(
    new DescribeStackEventsCommand({ StackName }),
  )
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'))
    .map(
      ({ LogicalResourceId, ResourceStatusReason }) =>
        `${LogicalResourceId}: ${ResourceStatusReason}`,
    )
    .join('\n')
}
