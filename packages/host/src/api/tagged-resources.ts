/** Resources with tags, of one feature; a feature that is asked about another's says it has none. */
export interface TaggedResources {
  hasResource(arn: string): boolean
  readTags(arn: string): Readonly<Record<string, string>>
  /** Replaces all of them. */
  writeTags(arn: string, tags: Readonly<Record<string, string>>): Promise<void>
}

/** Resources with a resource policy, of one feature. */
export interface PolicedResources {
  hasResource(arn: string): boolean
  readPolicy(arn: string): string | undefined
  /** Replaces or, without a policy, removes it. */
  writePolicy(arn: string, policy: string | undefined): Promise<void>
}
