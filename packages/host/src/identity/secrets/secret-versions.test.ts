import fc from 'fast-check'
import { test } from 'vitest'
import type { SecretVersion } from './secret.ts'
import { addVersion, findVersion } from './secret-versions.ts'

function version(id: number, stages: readonly string[]): SecretVersion {
  return { versionId: String(id), stages, createdAtMs: id, sealedValue: '' }
}

const STAGES = ['AWSCURRENT', 'AWSPENDING', 'mine'] as const
const added = fc.array(fc.uniqueArray(fc.constantFrom(...STAGES), { minLength: 1 }), {
  minLength: 1,
  maxLength: 60,
})

test('a label is on one version only, the last one that got it', ({ expect }) => {
  fc.assert(
    fc.property(added, (labels) => {
      const versions = labels.reduce<readonly SecretVersion[]>(
        (all, stages, index) => addVersion(all, version(index, stages)),
        [],
      )
      const all = versions.flatMap(({ stages }) => stages)
      expect(new Set(all).size).toBe(all.length)
      for (const stage of STAGES) {
        const last = labels.findLastIndex((stages) => stages.includes(stage))
        const found = findVersion(versions, { versionStage: stage })
        expect(found?.versionId).toBe(last < 0 ? undefined : String(last))
      }
      expect(versions.filter(({ stages }) => stages.length === 0).length).toBeLessThanOrEqual(20)
    }),
  )
})

test('the one that was current is the previous one', ({ expect }) => {
  const versions = [1, 2, 3].reduce<readonly SecretVersion[]>(
    (all, id) => addVersion(all, version(id, ['AWSCURRENT'])),
    [],
  )
  expect(versions.map(({ versionId, stages }) => [versionId, stages])).toEqual([
    ['1', []],
    ['2', ['AWSPREVIOUS']],
    ['3', ['AWSCURRENT']],
  ])
  expect(findVersion(versions, { versionId: '1' })?.versionId).toBe('1')
  expect(findVersion(versions, { versionId: '1', versionStage: 'AWSCURRENT' })).toBeUndefined()
})
