import { Names } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** A name from the construct's path, beginning with a letter; known when the app is synthesised. */
export function uniqueName(
  scope: Construct,
  { maxLength, separator }: { readonly maxLength: number; readonly separator: string },
): string {
  const name = Names.uniqueResourceName(scope, { maxLength, separator })
  return /^[a-zA-Z]/.test(name) ? name : `m${name.slice(0, maxLength - 1)}`
}
