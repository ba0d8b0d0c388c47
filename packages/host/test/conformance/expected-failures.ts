import { readFile } from 'node:fs/promises'
import type { Revision } from './run-suite.ts'

/** The entries of `expected-failures.yaml` for one revision: `scenario:check-id`. */
export async function readExpectedFailures(revision: Revision): Promise<string[]> {
  const text = await readFile(new URL('expected-failures.yaml', import.meta.url), 'utf8')
  const entries: string[] = []
  let section: string | undefined
  for (const line of text.split('\n')) {
    section = /^(\d{4}-\d\d-\d\d):/.exec(line)?.[1] ?? section
    const entry = /^ +- (\S+)/.exec(line)?.[1]
    if (entry !== undefined && section === revision) entries.push(entry)
  }
  return entries.sort()
}
