import { HostError } from '../../kernel/host-error.ts'
import { DEFAULT_SCOPE } from '../../kernel/scope.ts'
import type { Variables } from './aws-variables.ts'

/** The flag, else what the user has set for all AWS programs, else where an app's resources are. */
export function chooseRegion(flags: { readonly region?: string }, environment: Variables): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment
  const region = flags.region || AWS_REGION || AWS_DEFAULT_REGION || DEFAULT_SCOPE.region
  if (/^[a-z0-9-]{1,64}$/.test(region)) return region
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${JSON.stringify(region)} is no Region; a Region looks like us-east-1`,
  )
}
