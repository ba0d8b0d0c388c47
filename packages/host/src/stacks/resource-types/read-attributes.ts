import type { Json } from '../json.ts'

/** What `Fn::GetAtt` gives, out of an operation's output: `WorkloadIdentityDetails.WorkloadIdentityArn`. */
export function readAttributes(
  output: unknown,
  names: readonly string[],
): Readonly<Record<string, Json>> {
  const found = names.map((name) => [name, toJson(readPath(output, name.split('.')))] as const)
  return Object.fromEntries(
    found.filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}

function readPath(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  const key = Object.keys(value).find((it) => it.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : readPath((value as Record<string, unknown>)[key], rest)
}

/** Members under the names that properties have; dates as CloudFormation writes them. */
function toJson(value: unknown): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(toJson).filter((item) => item !== undefined)
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, item]) => [name.charAt(0).toUpperCase() + name.slice(1), toJson(item)] as const,
    )
    return Object.fromEntries(members.filter((it): it is [string, Json] => it[1] !== undefined))
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}
