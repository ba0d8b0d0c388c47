import { FileSystem } from 'aws-cdk-lib'
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api'
import type { Construct } from 'constructs'
import { rmSync } from 'node:fs'

/**
 * A folder for a bundle while an asset is made of it. CDK copies assets when they are made, so it can go
 * afterwards; under `cdk synth --no-staging` the assembly refers to the folder itself, and it stays.
 */
export function withBundleFolder<Result>(
  scope: Construct,
  use: (folder: string) => Result,
): Result {
  const folder = FileSystem.mkdtemp('catamaran-bundle-')
  try {
    return use(folder)
  } finally {
    const isReferred = Boolean(scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT))
    if (!isReferred) rmSync(folder, { recursive: true, force: true })
  }
}
