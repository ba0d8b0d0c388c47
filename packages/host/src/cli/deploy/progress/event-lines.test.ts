import { test } from 'vitest'
import type { StackEvent } from '../aws/stack-description.ts'
import { eventLines } from './event-lines.ts'
import { notesOn } from './notes.ts'
import { beginProgress, withEvents } from './stack-progress.ts'

function event(logicalId: string, status: string, reason?: string): StackEvent {
  return {
    eventId: `${logicalId}${status}${reason}`,
    logicalId,
    physicalId: logicalId,
    type: 'AWS::Some::Thing',
    status,
    reason,
    timestamp: '1970-01-01T00:00:02Z',
    clientRequestToken: 't',
  }
}

const node = (logicalId: string) => ({
  label: logicalId,
  resource: { logicalId, type: 'AWS::Some::Thing' },
  children: [],
})

test('a log has one line for what is settled, and for what is said on the way', ({ expect }) => {
  const describe = eventLines({ tree: [node('A'), node('B')], showsAll: true })
  const progress = beginProgress('Web', 0)
  const events = [
    event('A', 'CREATE_IN_PROGRESS'),
    event('A', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'),
    event('A', 'CREATE_IN_PROGRESS', 'Installing packages'),
    event('A', 'CREATE_COMPLETE', 'it is only recorded'),
    event('B', 'CREATE_FAILED', 'no room'),
  ]
  expect(events.flatMap((it) => describe(it, progress))).toEqual([
    'Web  creating A  AWS::Some::Thing  2.0 s  Installing packages',
    'Web  1/2  created A  AWS::Some::Thing  2.0 s',
    'Web  2/2  failed B  AWS::Some::Thing  2.0 s  no room',
  ])
})

test('what has no effect here, or was left out, is said at the end', ({ expect }) => {
  const progress = withEvents(beginProgress('Web', 0), [
    event('Role', 'CREATE_COMPLETE', 'this host has no IAM'),
    event('Table', 'CREATE_COMPLETE', 'Skipped: this host has no AWS::Some::Thing'),
    event('Function', 'CREATE_COMPLETE', 'Holds placeholders of what was skipped: skipped:Table'),
    event('Pool', 'CREATE_COMPLETE'),
  ])
  expect(notesOn(progress)).toEqual([
    'Skipped: Table (AWS::Some::Thing)',
    'With placeholders of what was skipped: Function',
    'Kept without an effect on this host: AWS::Some::Thing',
  ])
})

test('reasons are freed from what only AWS support can use', ({ expect }) => {
  const wrapped =
    'Resource handler returned message: "no (real) room" (RequestToken: 1-2, HandlerErrorCode: NotFound)'
  const { failures } = withEvents(beginProgress('Web', 0), [event('A', 'CREATE_FAILED', wrapped)])
  expect(failures).toEqual([{ logicalId: 'A', type: 'AWS::Some::Thing', reason: 'no (real) room' }])
})
