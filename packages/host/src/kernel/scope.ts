/** Where a resource lives: an AWS account and a Region, as the caller's signature names them. */
export interface Scope {
  readonly accountId: string
  readonly region: string
}

/** The account and Region of what an app file describes, and of callers who name no other. */
export const DEFAULT_SCOPE: Scope = { accountId: '000000000000', region: 'us-east-1' }

/** A text for maps and rows; two scopes have the same one only when they are the same. */
export function scopeKey({ accountId, region }: Scope): string {
  return `${accountId}/${region}`
}
