import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ENGINE_VARIABLE, WORK_VARIABLE } from './engine-variable.ts'

const CATAMARAN = fileURLToPath(new URL('../../../../bin/catamaran.js', import.meta.url))

export interface DockerCommand extends AsyncDisposable {
  /** What `CDK_DOCKER` is set to. */
  readonly file: string
  readonly env: Readonly<Record<string, string>>
}

/** A program that the CDK can start as its Docker: our own command, under the Node that runs here. */
export async function writeDockerCommand(): Promise<DockerCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-docker-'))
  const file = join(folder, 'docker')
  const script = `#!/bin/sh\nexec '${process.execPath}' '${CATAMARAN}' bundle -- "$@"\n`
  await writeFile(file, script, { mode: 0o700 })
  return {
    file,
    env: { [ENGINE_VARIABLE]: process.env['CDK_DOCKER'] || 'docker', [WORK_VARIABLE]: folder },
    // of an app that was just killed, something may still write for a moment
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  }
}
