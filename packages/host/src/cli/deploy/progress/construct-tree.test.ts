import { test } from 'vitest'
import { constructTree } from './construct-tree.ts'

const at = (path: string) => ({ Type: 'T', Metadata: { 'aws:cdk:path': path } })

test('resources stand where their constructs do', ({ expect }) => {
  const template = {
    Resources: {
      F1: at('Stage/Stack/Function/Resource'),
      R1: at('Stage/Stack/Function/ServiceRole/Resource'),
      P1: at('Stage/Stack/Pool/Domain/Resource'),
      Own: { Type: 'T' },
    },
  }
  expect(constructTree(template, 'Stage/Stack')).toEqual([
    {
      label: 'Function',
      resource: { logicalId: 'F1', type: 'T' },
      children: [{ label: 'ServiceRole', resource: { logicalId: 'R1', type: 'T' }, children: [] }],
    },
    { label: 'Pool/Domain', resource: { logicalId: 'P1', type: 'T' }, children: [] },
    { label: 'Own', resource: { logicalId: 'Own', type: 'T' }, children: [] },
  ])
})

test('whatever stands in a template, there is a tree', ({ expect }) => {
  expect(constructTree(undefined, 'S')).toEqual([])
  expect(constructTree({ Resources: { A: 1, B: {} } }, 'S')).toHaveLength(1)
})
