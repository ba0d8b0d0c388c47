import type { Json } from './json.ts'
import { isSecretAttribute } from './secret-attribute.ts'
import type { Deployment, ResourceRecord, StackRecord } from './stack-record.ts'

const MASK = '****'
/** Shorter values say nothing, and would leave holes in what is to be read. */
const MIN_SECRET_CHARS = 4

/** A reason without what nobody is to see: services quote what they refuse. */
export function hideSecrets(text: string, secrets: Iterable<string>): string {
  return [...new Set(secrets)]
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= MIN_SECRET_CHARS)
    .toSorted((one, other) => other.length - one.length) // one secret may be part of another
    .reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
}

/** The values of NoEcho parameters, and of attributes that are secret. */
export function secretsOf(
  { deployed, attempted, operation }: StackRecord,
  records: ReadonlyMap<string, ResourceRecord>,
  deployment?: Deployment,
): string[] {
  const target = operation?.kind === 'deploy' ? operation.target : undefined
  const deployments = [deployed, attempted, target, deployment].filter((it) => it !== undefined)
  const parameters = deployments
    .flatMap((it) => it.parameters)
    .filter(({ noEcho }) => noEcho)
    .flatMap(({ text, value, resolvedText = '' }) => [text, resolvedText, ...[value].flat()])
  const attributes = [...records.values()].flatMap(({ live }) =>
    Object.entries(live?.attributes ?? {})
      .filter(([name]) => live?.isSecret === true || isSecretAttribute(name))
      .flatMap(([, value]) => textsIn(value)),
  )
  return [...parameters, ...attributes]
}

/** The texts of a secret: itself and, when it is JSON, what stands in it. */
export function textsOfSecret(secret: string): string[] {
  try {
    return [secret, ...textsIn(JSON.parse(secret) as Json)]
  } catch {
    return [secret] // no JSON, as most are
  }
}

function textsIn(value: Json): string[] {
  if (value === null) return []
  if (typeof value === 'object') return Object.values(value).flatMap(textsIn)
  return [String(value)]
}
