import { join } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'

/** Where a build's Dockerfile is; refuses a name that leaves the folder. */
export function findDockerfile(context: string, name: string): string {
  const path = join(context, name)
  if (path.startsWith(`${context}/`)) return path
  const message = `${name.slice(0, 200)} is no file of the build folder`
  throw new HostError('ERR_INVALID_INPUT', message)
}
