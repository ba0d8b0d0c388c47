// The bar of updates: whatever an update does, the stack ends as a fresh deployment of the new template
// would be, or, when something fails on the way, as it was.
import fc from 'fast-check'
import { test } from 'vitest'
import { openMemoryStacks, SCOPE, type MemoryStacks } from '../../test/support/memory-stacks.ts'
import { templateVersions, type TemplateVersion } from '../../test/support/template-versions.ts'

const RUNS = 60

test(
  'an update ends as a fresh deployment, or as it began',
  { timeout: 60_000 },
  async ({ expect }) => {
    const endings = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(templateVersions(2, 2), async ([before, after]) => {
        if (before === undefined || after === undefined) return
        await using updated = await openMemoryStacks()
        expect(await create(updated, before)).toBe('CREATE_COMPLETE')
        const old = new Map(updated.cloud.things)
        const shown = await shape(updated)

        const status = await update(updated, { ...after, disableRollback: false })
        endings.set(status, (endings.get(status) ?? 0) + 1)
        if (status === 'UPDATE_ROLLBACK_COMPLETE') {
          expect(updated.cloud.things).toEqual(old)
          expect(await shape(updated)).toEqual(shown)
        } else {
          expect(status).toMatch(/^UPDATE_COMPLETE$|^nothing to do$/)
          await using fresh = await openMemoryStacks()
          expect(await create(fresh, after)).toBe('CREATE_COMPLETE')
          expect(await shape(updated)).toEqual(await shape(fresh))
        }
        await updated.destroy('app')
        expect(updated.cloud.things.size).toBe(0)
      }),
      { numRuns: RUNS },
    )
    expect(endings.get('UPDATE_COMPLETE')).toBeGreaterThan(15)
    expect(endings.get('UPDATE_ROLLBACK_COMPLETE')).toBeGreaterThan(2)
  },
)

test(
  'after any history of failures and repairs, an update that goes well is as good as new',
  { timeout: 60_000 },
  async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(templateVersions(3, 6), async ([first, ...others]) => {
        const last = others.pop()
        if (first === undefined || last === undefined) return
        await using world = await openMemoryStacks()
        expect(await create(world, first)).toBe('CREATE_COMPLETE')
        for (const version of others) {
          expect(await update(world, version)).toMatch(/_COMPLETE$|^UPDATE_FAILED$|^nothing to do$/)
        }
        const status = await update(world, { ...last, failure: undefined, disableRollback: false })
        if (status !== 'UPDATE_ROLLBACK_COMPLETE') {
          await using fresh = await openMemoryStacks()
          expect(await create(fresh, last)).toBe('CREATE_COMPLETE')
          expect(await shape(world)).toEqual(await shape(fresh))
        }
        await world.destroy('app')
        expect(world.cloud.things.size).toBe(0)
      }),
      { numRuns: RUNS },
    )
  },
)

async function create(world: MemoryStacks, { resources }: TemplateVersion): Promise<string> {
  return (await world.deploy('app', resources)).stackStatus
}

async function update(
  world: MemoryStacks,
  { resources, failure, disableRollback }: TemplateVersion,
): Promise<string> {
  if (failure !== undefined) world.cloud.failing.set(failure.call, { ...failure, times: 1 })
  try {
    const input = { disableRollback }
    const { stackStatus, stackId } = await world.deploy('app', resources, { input })
    if (stackStatus !== 'UPDATE_ROLLBACK_FAILED') return stackStatus
    // what was to fail failed on the way back
    await world.stacks.continueUpdateRollback(SCOPE, { stackName: 'app' })
    await world.stacks.settled(stackId)
    return (await world.describe('app')).stackStatus
  } catch (error) {
    if (error instanceof Error && error.message === 'No updates are to be performed.') {
      return 'nothing to do'
    }
    throw error
  } finally {
    world.cloud.failing.clear()
  }
}

/** The cloud as the template sees it: physical ids are the business of each stack. */
async function shape({ stacks, cloud }: MemoryStacks): Promise<unknown> {
  const resources = await stacks.resources(SCOPE, 'app')
  const names = resources.map(
    ({ logicalResourceId, physicalResourceId = 'no id' }) =>
      [physicalResourceId, logicalResourceId] as const,
  )
  const neutral = (text: string) =>
    names.reduce((all, [physicalId, id]) => all.replaceAll(physicalId, `<${id}>`), text)
  const things = [...cloud.things].map(([physicalId, thing]) =>
    neutral(JSON.stringify({ physicalId, thing })),
  )
  return { resources: names.map(([, id]) => id).toSorted(), things: things.toSorted() }
}
