/** An ARN in its six parts (AWS General Reference, "Amazon Resource Names"). */
export interface Arn {
  readonly partition: string
  readonly service: string
  /** Empty for what belongs to no Region. */
  readonly region: string
  /** Empty for what belongs to no account. */
  readonly accountId: string
  /** The rest as it is; it may contain colons and slashes. */
  readonly resource: string
}

const ARN =
  /^arn:([a-z][a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):((?:\d{12}|aws)?):([^\s\p{Cc}][^\p{Cc}]*)$/u
const MAX_LENGTH = 2_048

/** The text as an ARN, or undefined when it is none. */
export function parseArn(text: string): Arn | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const [, partition, service, region, accountId, resource] = ARN.exec(text) ?? []
  if (!partition || !service || !resource) return undefined
  return { partition, service, region: region ?? '', accountId: accountId ?? '', resource }
}

export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`
}
