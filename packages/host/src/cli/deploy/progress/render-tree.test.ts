import { test } from 'vitest'
import type { StackEvent } from '../aws/stack-description.ts'
import type { ConstructNode } from './construct-tree.ts'
import { renderTree, renderWhole } from './render-tree.ts'
import { beginProgress, outcomeOf, withEvents } from './stack-progress.ts'

const tree: readonly ConstructNode[] = [
  {
    label: 'Function',
    resource: { logicalId: 'F', type: 'AWS::Lambda::Function' },
    children: [
      { label: 'ServiceRole', resource: { logicalId: 'R', type: 'AWS::IAM::Role' }, children: [] },
      { label: 'Policy', resource: { logicalId: 'P', type: 'AWS::IAM::Policy' }, children: [] },
    ],
  },
  {
    label: 'Gateway',
    resource: { logicalId: 'G', type: 'AWS::BedrockAgentCore::Gateway' },
    children: [],
  },
]

function event(logicalId: string, status: string, seconds: number, reason?: string): StackEvent {
  const isStack = logicalId === 'Web'
  return {
    eventId: `${logicalId}-${seconds}`,
    logicalId,
    physicalId: isStack ? 'arn:aws:cloudformation:us-east-1:0:stack/Web/1' : logicalId,
    type: isStack ? 'AWS::CloudFormation::Stack' : `AWS::Some::${logicalId}`,
    status,
    reason,
    timestamp: new Date(seconds * 1_000).toISOString(),
    clientRequestToken: 't',
  }
}

const running = [
  event('Web', 'CREATE_IN_PROGRESS', 0),
  event('R', 'CREATE_IN_PROGRESS', 0),
  event('R', 'CREATE_COMPLETE', 0.25),
  event('F', 'CREATE_IN_PROGRESS', 0.25, 'Resource creation Initiated'),
]

const view = (events: readonly StackEvent[], more = {}) => ({
  progress: withEvents(beginProgress('Web', 0), events),
  tree,
  showsAll: true,
  nowMs: 960,
  columns: 80,
  rows: 40,
  paint: (_: string, text: string) => text,
  ...more,
})

test('a deployment in progress is a tree of what is done, moves and waits', ({ expect }) => {
  expect(`\n${renderTree(view(running)).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    ⠹ Web  creating  1 of 4  1.0 s
      ⠹ Function        creating    0.7 s   AWS::Lambda::Function
      ✓ ├─ ServiceRole  created     0.3 s   AWS::IAM::Role
      · └─ Policy                           AWS::IAM::Policy
      · Gateway                             AWS::BedrockAgentCore::Gateway
    "
  `)
})

test('what failed says why, and what follows from it does not', ({ expect }) => {
  const events = [
    ...running,
    event('F', 'CREATE_FAILED', 2, 'The archive has no index.py'),
    event('P', 'CREATE_FAILED', 2, 'Resource creation cancelled'),
    event('Web', 'ROLLBACK_IN_PROGRESS', 2, 'The following resource(s) failed to create: [F].'),
    event('R', 'DELETE_COMPLETE', 3),
    event('Web', 'ROLLBACK_COMPLETE', 3),
  ]
  const shown = view(events, { nowMs: 3_000 })
  expect(`\n${renderWhole(shown).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    ↺ Web  rolled back  3 of 4  3.0 s
      ✗ Function        failed      1.8 s   The archive has no index.py
      − ├─ ServiceRole  removed     3.0 s   AWS::IAM::Role
      ✗ └─ Policy       failed      0.0 s   Resource creation cancelled
      · Gateway                             AWS::BedrockAgentCore::Gateway
    "
  `)
  expect(shown.progress.failures).toEqual([
    { logicalId: 'F', type: 'AWS::Some::F', reason: 'The archive has no index.py' },
  ])
  expect(outcomeOf(shown.progress.status)).toBe('failed')
})

test('of an update, only what changes is shown', ({ expect }) => {
  const events = [event('Web', 'UPDATE_IN_PROGRESS', 0), event('R', 'UPDATE_COMPLETE', 1)]
  expect(renderTree(view(events, { showsAll: false, nowMs: 1_000 }))).toHaveLength(3)
})

test('a small terminal shows what moves, and counts the rest', ({ expect }) => {
  const lines = renderTree(view(running, { rows: 7 }))
  expect(lines).toHaveLength(5)
  expect(lines.at(-1)).toContain('and 1 waiting')
  expect(lines.join('\n')).toContain('creating')
})

test('no line is wider than the terminal', ({ expect }) => {
  for (const columns of [36, 40, 79]) {
    for (const line of renderTree(view(running, { columns }))) {
      expect(line.length).toBeLessThanOrEqual(columns)
    }
  }
})
