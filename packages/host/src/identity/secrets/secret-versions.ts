import type { SecretVersion } from './secret.ts'

export const CURRENT = 'AWSCURRENT'
const PREVIOUS = 'AWSPREVIOUS'

/** How many versions without a staging label are kept; the service promises none at all. */
const MAX_UNLABELLED = 20

/**
 * The versions after a new one took its labels away from the others. A version that stops being the
 * current one becomes the previous one (Secrets Manager user guide, "What's in a secret?").
 */
export function addVersion(
  versions: readonly SecretVersion[],
  added: SecretVersion,
): readonly SecretVersion[] {
  const isCurrent = added.stages.includes(CURRENT)
  const moved = versions.map((version): SecretVersion => {
    const wasCurrent = version.stages.includes(CURRENT)
    const kept = version.stages.filter(
      (stage) => !added.stages.includes(stage) && !(isCurrent && stage === PREVIOUS),
    )
    const isPrevious = isCurrent && wasCurrent && !added.stages.includes(PREVIOUS)
    return { ...version, stages: isPrevious ? [...kept, PREVIOUS] : kept }
  })
  const unlabelled = moved.filter(({ stages }) => stages.length === 0)
  const dropped = new Set(unlabelled.slice(0, Math.max(0, unlabelled.length - MAX_UNLABELLED)))
  return [...moved.filter((version) => !dropped.has(version)), added]
}

export interface VersionChoice {
  readonly versionId?: string | undefined
  readonly versionStage?: string | undefined
}

/** The version with that id, with that label or with both; the current one when nothing is asked. */
export function findVersion(
  versions: readonly SecretVersion[],
  { versionId, versionStage }: VersionChoice,
): SecretVersion | undefined {
  const stage = versionStage ?? (versionId === undefined ? CURRENT : undefined)
  return versions.find(
    (version) =>
      (versionId === undefined || version.versionId === versionId) &&
      (stage === undefined || version.stages.includes(stage)),
  )
}
