import { HostError } from '../kernel/host-error.ts'
import { hostArchitecture } from './app-function.ts'
import type { ControlContext, FunctionName } from './control-context.ts'
import { functionKey } from './function-identifier.ts'
import type { FunctionSettings, UnusedSettings } from './function-record.ts'
import { checkRuntime } from './launch.ts'
import { resolveLayers } from './layers.ts'
import { LAMBDA_QUOTAS } from './quotas.ts'

/** What a caller may say of a function's configuration; what is left out stays as it is. */
export interface SettingsInput {
  readonly runtime?: string | undefined
  readonly handler?: string | undefined
  readonly role?: string | undefined
  readonly description?: string | undefined
  readonly timeout?: number | undefined
  readonly memorySize?: number | undefined
  /** ARNs of layer versions. */
  readonly layers?: readonly string[] | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly architectures?: UnusedSettings['architectures'] | undefined
  readonly ephemeralStorageMb?: number | undefined
  readonly kmsKeyArn?: string | undefined
  readonly logGroup?: string | undefined
}

/** "Reserved environment variables" in the Lambda developer guide, without the credentials and the
 * Region: there is no role here that would bring them, so a function may have its own. */
const RESERVED =
  /^(?:_HANDLER|_X_AMZN_TRACE_ID|AWS_EXECUTION_ENV|AWS_LAMBDA_\w+|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/

/** Applies what was said to what there is; refuses what no function could have. */
export function readSettings(
  context: ControlContext,
  name: FunctionName,
  input: SettingsInput,
  current?: FunctionSettings,
): FunctionSettings {
  const runtime = input.runtime ?? current?.runtime
  const handler = input.handler ?? current?.handler
  const role = input.role ?? current?.role
  if (runtime === undefined || handler === undefined || role === undefined) {
    throw invalid(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  checkRuntime(name.functionName, runtime)
  const timeout = input.timeout ?? current?.timeout ?? 3
  const memorySize = input.memorySize ?? current?.memorySize ?? LAMBDA_QUOTAS.minMemoryMb
  checkRange('Timeout', timeout, 1, LAMBDA_QUOTAS.maxTimeoutSeconds)
  checkRange('MemorySize', memorySize, LAMBDA_QUOTAS.minMemoryMb, LAMBDA_QUOTAS.maxMemoryMb)
  return {
    runtime,
    handler,
    role,
    description: input.description ?? current?.description ?? '',
    timeout,
    memorySize,
    layers:
      input.layers === undefined
        ? (current?.layers ?? [])
        : resolveLayers(context, input.layers, name.scope),
    sealedEnvironment:
      input.environment === undefined
        ? current?.sealedEnvironment
        : sealEnvironment(context, name, input.environment),
    unused: {
      architectures: input.architectures ?? current?.unused.architectures ?? [hostArchitecture()],
      ephemeralStorageMb: input.ephemeralStorageMb ?? current?.unused.ephemeralStorageMb ?? 512,
      kmsKeyArn: (input.kmsKeyArn ?? current?.unused.kmsKeyArn) || undefined, // '' takes it away
      logGroup: input.logGroup ?? current?.unused.logGroup,
    },
  }
}

/** The variables a function was given; they may be secrets. */
export function openEnvironment(
  { sealer }: Pick<ControlContext, 'sealer'>,
  name: FunctionName,
  { sealedEnvironment }: FunctionSettings,
): Readonly<Record<string, string>> | undefined {
  if (sealedEnvironment === undefined) return undefined
  return JSON.parse(sealer.open(sealedEnvironment, sealContext(name))) as Record<string, string>
}

function sealEnvironment(
  { sealer }: ControlContext,
  name: FunctionName,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const reserved = Object.keys(environment).filter((key) => RESERVED.test(key))
  if (reserved.length > 0) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    )
  }
  const json = JSON.stringify(environment)
  if (Buffer.byteLength(json) > LAMBDA_QUOTAS.maxEnvironmentBytes) {
    throw invalid(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    )
  }
  const isEmpty = Object.keys(environment).length === 0
  return isEmpty ? undefined : sealer.seal(json, sealContext(name))
}

function sealContext({ functionName, scope }: FunctionName): string {
  return `function/${functionKey(functionName, scope)}`
}

function checkRange(member: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`
  throw invalid(`'${member}' value failed to satisfy constraint: Member must have value ${bound}`)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
