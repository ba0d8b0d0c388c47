// An operation that no test sends with the AWS SDK is one that nobody knows to work. Read from the
// sources, so a renamed test cannot hide it; what the answers must be, the tests themselves say.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { SDKS, SERVED } from '../support/served-operations.ts'

const FOLDERS = ['contract', 'outside', 'support']
const TESTS = fileURLToPath(new URL('..', import.meta.url))
const IMPORT = /import (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from '(@aws-sdk\/client-[a-z-]+)'/g

/** What a source sends: `lambda CreateFunction`. A paginator sends its list operation. */
function sentBy(source: string): string[] {
  const sent: string[] = []
  const services = Object.entries(SDKS)
  for (const [, names = '', namespace, module] of source.matchAll(IMPORT)) {
    const service = services.find(([, sdk]) => sdk.module === module)?.[0]
    const imported = names
      .split(',')
      .map((name) => /^(\w+)(?: as (\w+))?$/.exec(name.trim()))
      .flatMap((found) => (found ? [{ name: found[1] ?? '', local: found[2] ?? found[1] }] : []))
    const used = namespace
      ? [...source.matchAll(new RegExp(`\\b${namespace}\\.(\\w+)`, 'g'))].map(
          ([, name = '']) => name,
        )
      : imported.filter(({ local }) => isCalled(source, local)).map(({ name }) => name)
    for (const name of used) {
      const operation = /^(?:(\w+)Command|paginate(\w+))$/.exec(name)
      if (operation) sent.push(`${service} ${operation[1] ?? operation[2]}`)
    }
  }
  return sent
}

function isCalled(source: string, local = ''): boolean {
  return new RegExp(`\\b(?:new )?${local}\\(`).test(source)
}

test('every operation served is sent by a test with the AWS SDK', ({ expect }) => {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(TESTS, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(TESTS, folder, file), 'utf8')),
  )
  const sent = new Set(sources.flatMap(sentBy))
  expect(SERVED.map(({ id }) => id).filter((id) => !sent.has(id))).toEqual([])
})

test('the sixty operations of AgentCore that were asked for, and more, are served', ({
  expect,
}) => {
  const agentCore = SERVED.filter(({ service }) => service.startsWith('bedrock-agentcore'))
  expect(agentCore.length).toBeGreaterThanOrEqual(60)
  expect(new Set(SERVED.map(({ id }) => id)).size).toBe(SERVED.length)
})
