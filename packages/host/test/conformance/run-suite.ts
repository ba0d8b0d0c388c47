import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

export type Revision = '2025-11-25' | '2026-07-28'

/** Worst last. A check that appears several times in a scenario has the worst of its endings. */
const STATUSES = ['SUCCESS', 'INFO', 'SKIPPED', 'WARNING', 'FAILURE'] as const
export type Status = (typeof STATUSES)[number]

export interface SuiteRun {
  /** Whether everything the revision requires passed. */
  readonly meetsRequirements: boolean
  /** `scenario:check-id`, as the suite's own lists of expected failures spell it. */
  readonly checks: ReadonlyMap<string, { readonly status: Status; readonly message: string }>
}

const Checks = z.array(
  z.object({
    id: z.string(),
    status: z.enum(STATUSES),
    description: z.string(),
    errorMessage: z.string().optional(),
  }),
)

const require = createRequire(import.meta.url)
const CONFORMANCE = join(
  dirname(require.resolve('@modelcontextprotocol/conformance/package.json')),
  'dist/index.js',
)

/** Runs one requirement set against an MCP URL, in one process of the suite's command line. */
export async function runSuite(url: string, revision: Revision): Promise<SuiteRun> {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-conformance-'))
  try {
    const args = ['server', '--url', url, '--requirements', revision, '-o', folder]
    const child = spawn(process.execPath, [CONFORMANCE, ...args], { cwd: folder, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    return { meetsRequirements: exitCode === 0, checks: await readChecks(folder) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The suite writes a folder per scenario: `server-<scenario>-<time of the run>/checks.json`. */
async function readChecks(folder: string): Promise<SuiteRun['checks']> {
  const checks = new Map<string, { status: Status; message: string }>()
  for (const name of await readdir(folder)) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name)?.[1]
    if (scenario === undefined) continue
    const text = await readFile(join(folder, name, 'checks.json'), 'utf8')
    for (const { id, status, description, errorMessage } of Checks.parse(JSON.parse(text))) {
      const key = `${scenario}:${id}`
      const known = checks.get(key)
      if (known !== undefined && severity(known.status) >= severity(status)) continue
      checks.set(key, { status, message: errorMessage ?? description })
    }
  }
  return checks
}

function severity(status: Status): number {
  return STATUSES.indexOf(status)
}
