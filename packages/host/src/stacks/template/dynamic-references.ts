// `{{resolve:service:…}}` in texts: values that stand in no template (CloudFormation user guide, "Get values
// stored in other services using dynamic references").
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { isList, isObject } from './intrinsic.ts'

/** Where the values are; each rejects, or gives undefined, when there is none. */
export interface DynamicReferenceSources {
  /** A parameter of the parameter store, also a secure one; `name:version` for a certain version. */
  readParameter(name: string): Promise<string | undefined>
  /** The whole SecretString of a secret's version. */
  readSecret(version: SecretVersion): Promise<string | undefined>
}

export interface SecretVersion {
  readonly secretId: string
  readonly versionStage?: string
  readonly versionId?: string
}

/** CloudFormation quotas: dynamic references in a template. */
const MAX_REFERENCES = 60
const REFERENCE = /\{\{resolve:([^{}]{1,2200})\}\}/g

/** A value with its dynamic references resolved; what they give is not looked into again. */
export async function resolveDynamicReferences(
  value: Json,
  sources: DynamicReferenceSources,
): Promise<Json> {
  const found = new Set(textsIn(value).flatMap((text) => text.match(REFERENCE) ?? []))
  if (found.size === 0) return value
  if (found.size > MAX_REFERENCES) {
    const message = `Template error: ${found.size} dynamic references stand where ${MAX_REFERENCES} may`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
  const resolved = new Map(
    await Promise.all(
      [...found].map(async (reference) => [reference, await resolve(reference, sources)] as const),
    ),
  )
  return replaceTexts(value, (text) =>
    text.replace(REFERENCE, (reference) => resolved.get(reference) ?? reference),
  )
}

export function hasDynamicReferences(value: Json): boolean {
  return textsIn(value).some((text) => text.search(REFERENCE) >= 0)
}

async function resolve(reference: string, sources: DynamicReferenceSources): Promise<string> {
  const [service, ...parts] = reference.slice('{{resolve:'.length, -2).split(':')
  const value = await lookUp(service ?? '', parts, sources, reference)
  if (value !== undefined) return value
  throw refuse(`Could not resolve the dynamic reference ${reference}: there is no such value`)
}

function lookUp(
  service: string,
  parts: readonly string[],
  sources: DynamicReferenceSources,
  reference: string,
): Promise<string | undefined> {
  if (service === 'secretsmanager') return readSecret(parts, sources, reference)
  if (service !== 'ssm' && service !== 'ssm-secure') {
    throw refuse(`Incorrect format is used in the following dynamic reference: ${reference}`)
  }
  const { id, rest } = splitId(parts)
  const [version, ...strange] = rest
  const isVersion = version === undefined || version === '' || /^\d+$/.test(version)
  if (id === '' || strange.length > 0 || !isVersion) {
    throw refuse(`Incorrect format is used in the following SSM reference: [${reference}]`)
  }
  return sources.readParameter(version === undefined || version === '' ? id : `${id}:${version}`)
}

async function readSecret(
  parts: readonly string[],
  sources: DynamicReferenceSources,
  reference: string,
): Promise<string | undefined> {
  const { id, rest } = splitId(parts)
  const [kind = '', jsonKey = '', versionStage = '', versionId = '', ...strange] = rest
  if (id === '' || strange.length > 0 || (kind !== '' && kind !== 'SecretString')) {
    throw refuse(`Incorrect format is used in the following dynamic reference: ${reference}`)
  }
  const secret = await sources.readSecret({
    secretId: id,
    ...(versionStage !== '' && { versionStage }),
    ...(versionId !== '' && { versionId }),
  })
  if (secret === undefined || jsonKey === '') return secret
  const members = parseObject(secret)
  if (members === undefined) throw refuse(`Could not parse SecretString JSON for ${reference}`)
  const value = Object.hasOwn(members, jsonKey) ? members[jsonKey] : undefined
  if (value === undefined) {
    throw refuse(`Could not find a value associated with JSONKey in SecretString for ${reference}`)
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** An ARN has colons of its own: `arn:partition:service:region:account:` and a resource with one (secrets) or none. */
function splitId(parts: readonly string[]) {
  if (parts[0] !== 'arn') return { id: parts[0] ?? '', rest: parts.slice(1) }
  const count = parts[2] === 'secretsmanager' ? 7 : 6
  return { id: parts.slice(0, count).join(':'), rest: parts.slice(count) }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text) as unknown
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isMap ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}

function replaceTexts(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value)
  if (isList(value)) return value.map((item) => replaceTexts(item, replace))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaceTexts(member, replace)]),
  )
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
