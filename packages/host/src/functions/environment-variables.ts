import { randomBytes } from 'node:crypto'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import { LATEST } from './function-identifier.ts'

/**
 * The variables of every environment of a function. Configured ones win over the platform's defaults
 * and never over what the platform says about the function itself ("Defined runtime environment
 * variables", Lambda developer guide). The host's own environment is not part of it.
 *
 * Different from Lambda: credentials and the Region may be configured, because there is no role here
 * that would bring them.
 */
export function environmentVariables(
  configuration: FunctionConfiguration,
  runtime: { readonly defaults: Readonly<Record<string, string>>; readonly dir: string },
): Record<string, string> {
  const { functionName, memorySizeMb, handler, codeDir } = configuration
  const { region } = configuration.scope ?? DEFAULT_SCOPE
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...runtime.defaults,
    ...configuration.environment,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: codeDir,
    LAMBDA_RUNTIME_DIR: runtime.dir,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: configuration.version ?? LATEST,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
  }
}

/** The variables that differ between two environments of the same function. */
export function ownVariables(tempDir: string, version: string, now: Date): Record<string, string> {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/')
  return {
    HOME: tempDir,
    TMPDIR: tempDir,
    AWS_LAMBDA_LOG_STREAM_NAME: `${day}/[${version}]${randomBytes(16).toString('hex')}`,
  }
}
