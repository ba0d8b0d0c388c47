import { test } from 'vitest'
import { readParameters } from './read-parameters.ts'

test('a parameter is for every stack or for one', ({ expect }) => {
  const of = readParameters(['Name=a=b', 'web-stack:Size=2'])
  expect([...of('web-stack')]).toEqual([
    ['Name', 'a=b'],
    ['Size', '2'],
  ])
  expect([...of('other')]).toEqual([['Name', 'a=b']])
  expect(() => readParameters(['Name'])).toThrow('Key=value')
})
