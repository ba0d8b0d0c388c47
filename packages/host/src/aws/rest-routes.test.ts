import fc from 'fast-check'
import { test } from 'vitest'
import { compileRoutes } from './rest-routes.ts'

const find = compileRoutes([
  { name: 'List', method: 'GET', path: '/things/' },
  { name: 'Get', method: 'GET', path: '/things/{id}' },
  { name: 'Batch', method: 'PUT', path: '/things/batch' },
  { name: 'Part', method: 'GET', path: '/things/{id}/parts/{part}/' },
])

test('a literal segment beats a label, but only where the method fits', ({ expect }) => {
  expect(find('PUT', '/things/batch')?.operation).toBe('Batch')
  expect(find('GET', '/things/batch')).toEqual({ operation: 'Get', labels: { id: 'batch' } })
})

test('labels stay encoded, so that an encoded slash separates nothing', ({ expect }) => {
  expect(find('GET', '/things/a%2Fb/parts/%7E')).toEqual({
    operation: 'Part',
    labels: { id: 'a%2Fb', part: '%7E' },
  })
})

test('a known path with another method, an unknown path and an empty label differ', ({
  expect,
}) => {
  expect(find('POST', '/things')).toEqual({ operation: undefined, labels: {} })
  expect(find('GET', '/thing')).toBeUndefined()
  expect(find('GET', '/things//parts/x')).toBeUndefined()
})

test('no path makes the router throw', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (method, path) => void find(method, path)))
})
