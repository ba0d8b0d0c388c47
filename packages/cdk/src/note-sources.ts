import type { Construct } from 'constructs'

/**
 * Writes into the assembly's metadata which files a bundle is made of, wherever they are, so that a
 * command that deploys again after a change knows what to watch. It is in no template.
 */
export function noteSources(scope: Construct, files: readonly string[]): void {
  scope.node.addMetadata('catamaran:sources', [...files].sort())
}
