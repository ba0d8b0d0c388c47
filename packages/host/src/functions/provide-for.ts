import { HostError } from '../kernel/host-error.ts'
import { functionArn } from '../kernel/ids.ts'
import type { EnvironmentSettings, Revision } from './revision.ts'

/** The folder with a package that the runtime of a function brings along on Lambda. */
export function provideFor(
  { launch, configuration }: Revision,
  name: string,
  { providePackage }: EnvironmentSettings,
  onProgress: (line: string) => void,
): Promise<string> {
  const { functionName, runtime, scope } = configuration
  if (providePackage === undefined || runtime.startsWith('provided')) {
    return Promise.reject(new HostError('ERR_NOT_SUPPORTED', `${name} is not provided here`))
  }
  const python = runtime.startsWith('python') ? launch.file : undefined
  return providePackage({
    name,
    functionArn: functionArn(functionName, scope),
    python,
    onProgress,
  })
}
