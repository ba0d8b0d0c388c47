import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { HostError } from '../kernel/host-error.ts'
import { isRunning } from '../process/is-running.ts'
import { runToEnd, type EndedRun } from '../process/run-to-end.ts'

/** A program that runs containers and has an engine behind it. */
export interface OciEngine {
  readonly file: string
  readonly environment: Readonly<Record<string, string>>
  run(args: readonly string[], limitMs: number, signal?: AbortSignal): Promise<EndedRun>
}

/** Names the host's process, so that a later host finds what a killed one has left. */
export const HOST_LABEL = 'catamaran.host'

const PROGRAMS = ['docker', 'podman', 'nerdctl']
const VERSION_MS = 10_000
const LIST_MS = 30_000
const MAX_REASON_CHARS = 200

/** The first of the known programs whose engine answers; refuses with what each of them said. */
export async function findOciEngine(
  environment: Readonly<Record<string, string>>,
): Promise<OciEngine> {
  const reasons: string[] = []
  for (const program of PROGRAMS) {
    const file = await findProgram(program, environment['PATH'] ?? '')
    if (file === undefined) {
      reasons.push(`${program} is not in PATH`)
      continue
    }
    const run: OciEngine['run'] = (args, limitMs, signal) =>
      runToEnd({ file, args, env: environment, cwd: '/' }, { limitMs, signal })
    const { exit, lines } = await run(['version'], VERSION_MS)
    if (exit.exitCode === 0) {
      const engine = { file, environment, run }
      await removeAbandoned(engine)
      return engine
    }
    reasons.push(`${program}: ${(lines.at(-1) ?? 'no answer').slice(0, MAX_REASON_CHARS)}`)
  }
  throw new HostError(
    'ERR_TARGET_FAILED',
    `no OCI engine answers: ${reasons.join('; ')}; use codeConfiguration, or start Docker`,
  )
}

/** Containers outlive a host that was killed; the engine does not know that nobody wants them. */
async function removeAbandoned(engine: OciEngine): Promise<void> {
  const format = `{{.ID}} {{.Label "${HOST_LABEL}"}}`
  const { lines } = await engine.run(
    ['ps', '--all', '--filter', `label=${HOST_LABEL}`, '--format', format],
    LIST_MS,
  )
  for (const line of lines) {
    const [id, pid] = line.split(' ')
    if (id && Number(pid) > 0 && !isRunning(Number(pid)))
      await engine.run(['rm', '--force', id], LIST_MS)
  }
}

async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name)
    const isProgram = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (folder !== '' && isProgram) return file
  }
  return undefined
}
