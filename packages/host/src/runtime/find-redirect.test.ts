import type { IncomingMessage } from 'node:http'
import { test } from 'vitest'
import { findRedirect } from './find-redirect.ts'

const to = (location: string | undefined, statusCode = 307) =>
  findRedirect({ statusCode, headers: { location } } as IncomingMessage, 'localhost:8000')

test('only the same server is followed', ({ expect }) => {
  expect(to('/mcp/')).toBe('/mcp/')
  expect(to('http://localhost:8000/mcp/?a=1', 308)).toBe('/mcp/?a=1')
  expect(to('http://169.254.169.254/latest')).toBeUndefined()
  expect(to('//elsewhere.test/mcp')).toBeUndefined()
  expect(to('http://')).toBeUndefined()
  expect(to(undefined)).toBeUndefined()
  expect(to('/mcp/', 302)).toBeUndefined()
})
