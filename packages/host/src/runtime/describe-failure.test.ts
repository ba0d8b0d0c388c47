import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { describeFailure } from './describe-failure.ts'
import { StartFailure } from './start-failure.ts'

test('the reason holds what the server wrote', ({ expect }) => {
  expect(describeFailure(new StartFailure('It ended', 'bad key'))).toBe(
    'It ended. It wrote:\nbad key',
  )
})

test('the reason is bounded, and nothing unexpected is told', ({ expect }) => {
  expect(describeFailure(new HostError('ERR_NOT_FOUND', 'x'.repeat(9_000)))).toHaveLength(2_000)
  expect(describeFailure(new Error('EACCES /root/secret'))).not.toContain('secret')
})
