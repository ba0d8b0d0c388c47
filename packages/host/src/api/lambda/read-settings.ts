import type { SettingsInput } from '../../functions/function-settings.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { CreateFunctionRequest } from './shapes.ts'

type Request = {
  readonly [Name in keyof CreateFunctionRequest]?: CreateFunctionRequest[Name] | undefined
}

/**
 * A member that would change how a function runs elsewhere, and a sentence why it cannot be had here.
 * Empty forms of them (SDKs and tools send these) mean that nobody wants it.
 */
const REFUSED: readonly (readonly [keyof Request, (request: Request) => boolean, string])[] = [
  ['PackageType', (it) => it.PackageType === 'Image', 'container images are not run here'],
  ['ImageConfig', (it) => hasItems(it.ImageConfig), 'container images are not run here'],
  ['VpcConfig', (it) => hasItems(it.VpcConfig), 'there are no VPCs here'],
  ['FileSystemConfigs', (it) => hasItems(it.FileSystemConfigs), 'no file systems are mounted here'],
  [
    'DeadLetterConfig',
    (it) => hasText(it.DeadLetterConfig?.TargetArn),
    'there are no queues and topics here',
  ],
  ['TracingConfig', (it) => it.TracingConfig?.Mode === 'Active', 'there is no X-Ray here'],
  [
    'SnapStart',
    (it) => it.SnapStart?.ApplyOn === 'PublishedVersions',
    'environments are not restored from snapshots here',
  ],
  ['CodeSigningConfigArn', (it) => hasText(it.CodeSigningConfigArn), 'code is not signed here'],
  [
    'CapacityProviderConfig',
    (it) => hasItems(it.CapacityProviderConfig),
    'there are no managed instances here',
  ],
  ['DurableConfig', (it) => hasItems(it.DurableConfig), 'executions are not durable here'],
  ['TenancyConfig', (it) => hasItems(it.TenancyConfig), 'tenants are not isolated here'],
  ['PublishTo', (it) => it.PublishTo !== undefined, 'there are no managed instances here'],
  [
    'LoggingConfig',
    (it) => it.LoggingConfig?.LogFormat === 'JSON',
    'logs are text here; LogFormat can be Text',
  ],
]

/** The settings of a request; what this host could only pretend is refused. */
export function readSettingsInput(request: Request): SettingsInput {
  for (const [member, isAsked, reason] of REFUSED) {
    if (!isAsked(request)) continue
    throw new HostError('ERR_NOT_SUPPORTED', `${member} cannot be had: ${reason}`)
  }
  return {
    runtime: request.Runtime,
    handler: request.Handler,
    role: request.Role,
    description: request.Description,
    timeout: request.Timeout,
    memorySize: request.MemorySize,
    layers: request.Layers,
    environment: request.Environment && (request.Environment.Variables ?? {}),
    architectures: request.Architectures,
    ephemeralStorageMb: request.EphemeralStorage?.Size,
    kmsKeyArn: request.KMSKeyArn,
    logGroup: request.LoggingConfig?.LogGroup,
  }
}

function hasText(text: string | undefined): boolean {
  return text !== undefined && text !== ''
}

/** Whether anything in it is more than an empty list or object. */
function hasItems(value: object | undefined): boolean {
  if (value === undefined) return false
  return Object.values(value).some((item) =>
    typeof item === 'object' && item !== null ? Object.keys(item).length > 0 : item !== undefined,
  )
}
