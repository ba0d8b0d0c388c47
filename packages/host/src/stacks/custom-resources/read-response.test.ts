import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../../kernel/host-error.ts'
import { readResponse } from './read-response.ts'

const text = (value: unknown) => ({ kind: 'text', text: JSON.stringify(value) }) as const

test('what was answered is read', ({ expect }) => {
  const response = { Status: 'SUCCESS', PhysicalResourceId: 'p', Data: { A: 1 }, NoEcho: 'true' }
  expect(readResponse(text(response), 'Create')).toEqual({
    status: 'SUCCESS',
    physicalId: 'p',
    data: { A: 1 },
    noEcho: true,
  })
  const failed = { Status: 'FAILED', Reason: 'no', PhysicalResourceId: 'p' }
  expect(readResponse(text(failed), 'Update')).toEqual({
    status: 'FAILED',
    physicalId: 'p',
    reason: 'no',
  })
  // Nothing is named by the answer to a deletion.
  expect(readResponse(text({ Status: 'SUCCESS' }), 'Delete')).toMatchObject({ physicalId: '' })
})

test.for([
  ['Response object is too long.', { kind: 'too-long' } as const],
  ['it is not a JSON object', { kind: 'text', text: '{' } as const],
  ['it is not a JSON object', text([])],
  ['Status is neither SUCCESS nor FAILED', text({ PhysicalResourceId: 'p' })],
  ['Invalid PhysicalResourceId', text({ Status: 'SUCCESS' })],
  ['Invalid PhysicalResourceId', text({ Status: 'SUCCESS', PhysicalResourceId: 'é'.repeat(513) })],
  ['Data is not an object', text({ Status: 'SUCCESS', PhysicalResourceId: 'p', Data: 'x' })],
] as const)('refused: %s', ([message, received], { expect }) => {
  expect(() => readResponse(received, 'Create')).toThrow(message)
})

test('whatever comes is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (each) => {
      try {
        readResponse({ kind: 'text', text: each }, 'Create')
      } catch (error) {
        return error instanceof HostError
      }
      return true
    }),
  )
})
