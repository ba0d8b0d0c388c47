// Names of parameters (Systems Manager User Guide, "Requirements and constraints for parameter names").
import { AwsFault } from '../../aws/aws-fault.ts'
import { parseArn } from '../../aws/arn.ts'
import { HostError } from '../../kernel/host-error.ts'
import { scopeKey, type Scope } from '../../kernel/scope.ts'
import { hierarchyTooDeep } from './ssm-faults.ts'

const MAX_NAME = 1_011
const MAX_LEVELS = 15
const NAME = /^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/

/** A name for a new parameter. */
export function readNewName(name: string): string {
  if (/^\/?aws(?:\/|$)/i.test(name)) {
    throw new AwsFault(
      'AccessDeniedException',
      400,
      `No access to reserved parameter name: ${name}.`,
    )
  }
  if (/^\/?(?:aws|ssm)/i.test(name)) throw new HostError('ERR_INVALID_INPUT', RESERVED)
  if (!NAME.test(name) || name.length > MAX_NAME) throw new HostError('ERR_INVALID_INPUT', WRONG)
  if (name.includes('/', 1) && !name.startsWith('/')) {
    throw new HostError('ERR_INVALID_INPUT', 'Parameter name must be a fully qualified name.')
  }
  if (name.split('/').length - 1 > MAX_LEVELS) throw hierarchyTooDeep(MAX_LEVELS)
  return name
}

const RESERVED = 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'
const WRONG =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

export interface SsmParameterReference {
  readonly name: string
  /** Digits, a version; anything else, a label. */
  readonly version?: string
}

/** A name or an ARN, and perhaps a version behind a colon; undefined for what is another account's. */
export function parseReference(scope: Scope, text: string): SsmParameterReference | undefined {
  if (text.startsWith('arn:') && !isOwnArn(scope, text)) return undefined
  const path = cutArn(text) ?? text
  const [, before = path, version] = /^(.*):([^:/]+)$/.exec(path) ?? []
  return { name: before, ...(version !== undefined && { version }) }
}

/** `arn:aws:ssm:…:parameter/a` may stand for `a` and for `/a`; who looks it up tries both. */
function cutArn(text: string): string | undefined {
  const { service, resource } = parseArn(text) ?? {}
  return service === 'ssm' && resource?.startsWith('parameter/') === true
    ? resource.slice('parameter'.length)
    : undefined
}

function isOwnArn(scope: Scope, text: string): boolean {
  const { service, accountId = '', region = '', resource = '' } = parseArn(text) ?? {}
  const isParameter = service === 'ssm' && resource.startsWith('parameter/')
  return isParameter && scopeKey({ accountId, region }) === scopeKey(scope)
}
