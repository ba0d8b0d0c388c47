// The official suite, once against the fixture itself and once against the fixture hosted on the
// Runtime hull. The host may not make anything worse, check by check.
import { fileURLToPath } from 'node:url'
import { startUp } from '../support/up.ts'
import { verifies } from '../support/verifies.ts'
import { readExpectedFailures } from './expected-failures.ts'
import { runSuite, type Revision, type SuiteRun } from './run-suite.ts'
import { startFixture } from './start-fixture.ts'

const APP = fileURLToPath(new URL('.', import.meta.url))
const REBINDING = ['localhost-host-rebinding-rejected', 'localhost-host-valid-accepted']
const LIMITS = { timeout: 240_000 }

verifies(
  'conformance:fixture',
  async ({ expect }) => {
    await using fixture = await startFixture()
    for (const revision of ['2025-11-25', '2026-07-28'] as const) {
      const { meetsRequirements, checks } = await runSuite(fixture.url, revision)
      expect(required(checks, 'FAILURE')).toEqual([])
      expect(required(checks, 'WARNING')).toEqual([])
      expect(meetsRequirements).toBe(true)
    }
  },
  LIMITS,
)

verifies(
  'conformance:runtime-2025-11-25',
  async ({ expect }) => {
    const { worse, expected, hosted } = await compare('2025-11-25')
    expect(worse).toEqual(expected)
    expect(rebinding(hosted)).toEqual(['SUCCESS', 'SUCCESS'])
  },
  LIMITS,
)

verifies(
  'conformance:runtime-2026-07-28',
  async ({ expect }) => {
    const { worse, expected, hosted } = await compare('2026-07-28')
    expect(worse).toEqual(expected)
    expect(rebinding(hosted)).toEqual(['SUCCESS', 'SUCCESS'])
  },
  LIMITS,
)

async function compare(revision: Revision) {
  await using fixture = await startFixture()
  const direct = await runSuite(fixture.url, revision)
  await using host = await startUp(APP, ['--no-auth'])
  const hosted = await runSuite(host.urlOf('runtime'), revision)
  const expected = await readExpectedFailures(revision)
  const worse = whatGotWorse(direct, hosted).map((line) => {
    const [check = ''] = line.split(' ')
    return expected.includes(check) ? check : line
  })
  return { worse, expected, hosted }
}

/** Checks that succeed directly and do anything else hosted, with what the suite says about them. */
function whatGotWorse(direct: SuiteRun, hosted: SuiteRun): string[] {
  return [...direct.checks.keys()]
    .filter((check) => direct.checks.get(check)?.status === 'SUCCESS')
    .filter((check) => hosted.checks.get(check)?.status !== 'SUCCESS')
    .sort()
    .map((check) => {
      const { status, message } = hosted.checks.get(check) ?? { status: 'absent', message: '' }
      return `${check} ${status} ${message}`
    })
}

/** The extension scenarios ask for what the fixture does not offer: tasks. */
function required(checks: SuiteRun['checks'], status: string): string[] {
  return [...checks]
    .filter(([check, it]) => it.status === status && !check.startsWith('tasks-'))
    .map(([check, it]) => `${check} ${it.message}`)
}

function rebinding({ checks }: SuiteRun) {
  return REBINDING.map((id) => checks.get(`dns-rebinding-protection:${id}`)?.status)
}
