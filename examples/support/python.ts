import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Why Python code cannot run on this machine, or undefined when it can. */
export async function whyNoPython(oldest: string): Promise<string | undefined> {
  const [, oldestMinor] = oldest.split('.').map(Number)
  const script = `import sys; sys.exit(sys.version_info < (3, ${oldestMinor}))`
  return run('python3', ['-c', script]).then(
    () => undefined,
    () => `there is no python3 of at least ${oldest} here`,
  )
}

/** Why the first line of a requirements file cannot be installed here, or undefined when it can. */
export async function whyNoPackages(requirementsFile: string): Promise<string | undefined> {
  const [requirement = ''] = (await readFile(requirementsFile, 'utf8')).split('\n')
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-example-'))
  const options = ['--no-deps', '--quiet', '--retries', '0', '--timeout', '10', '--dest', folder]
  try {
    await run('python3', ['-m', 'pip', 'download', ...options, requirement])
    return undefined
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    if (said.includes('No module named pip')) return 'this python3 has no pip to ask PyPI with'
    // An index that answered, and does not have what is pinned, is a mistake of the example.
    if (/from versions: (?!none)/.test(said)) return undefined
    return `PyPI cannot be reached for ${requirement}`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
