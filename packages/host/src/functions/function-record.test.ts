import { test } from 'vitest'
import { createAppFunction } from './app-function.ts'
import { isSteady, selectVersion, type FunctionRecord } from './function-record.ts'

function recordWith(weights: Readonly<Record<string, number>>): FunctionRecord {
  const record = createAppFunction(
    {
      functionName: 'it',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      codeDir: '/nowhere',
      layers: [],
      environment: {},
      timeoutMs: 3_000,
      memorySizeMb: 128,
    },
    undefined,
  )
  const versions = ['1', '2'].map((version) => ({ ...record.latest, version }))
  const alias = { name: 'live', functionVersion: '1', description: '', weights, revisionId: 'r' }
  return { ...record, versions, aliases: [alias] }
}

test('a qualifier is a version, an alias or nothing', ({ expect }) => {
  const record = recordWith({})
  const select = (qualifier?: string) => selectVersion(record, qualifier)?.version
  expect([select(), select('$LATEST'), select('2'), select('live'), select('3')]).toEqual([
    '$LATEST',
    '$LATEST',
    '2',
    '1',
    undefined,
  ])
  expect(isSteady(record, 'live')).toBe(true)
})

test('an alias with a weight draws', ({ expect }) => {
  const record = recordWith({ '2': 0.25 })
  const draw = (random: number) => selectVersion(record, 'live', () => random)?.version
  expect([draw(0), draw(0.2499), draw(0.25), draw(0.999)]).toEqual(['2', '2', '1', '1'])
  expect(isSteady(record, 'live')).toBe(false)
  expect(isSteady(record, '2')).toBe(true)
})
