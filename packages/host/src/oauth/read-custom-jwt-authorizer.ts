// A person types this, so an unknown member is a mistake. Loads zod: import it where configurations
// are read, not where requests are served.
import { z } from 'zod'
import { HostError } from '../kernel/host-error.ts'
import type { CustomJwtAuthorizer } from './custom-jwt-authorizer.ts'

const DISCOVERY_URL = /^https?:\/\/.+\/\.well-known\/openid-configuration$/
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/

const Scope = z
  .string()
  .min(1)
  .max(255)
  .regex(SCOPE, 'A scope has no spaces, quotes or backslashes')
const Texts = z.array(z.string().min(1)).min(1)
const MatchValue = z.string().min(1).max(255)

const SingleValue = z.strictObject({ matchValueString: MatchValue })
const ValueList = z.strictObject({ matchValueStringList: z.array(MatchValue).min(1) })

const ClaimName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\w.:/-]+$/, 'A claim name has letters, digits and _ . : / - only')

/** Developer guide, inbound authorization: the combinations that mean something. */
const CustomClaim = z.discriminatedUnion('inboundTokenClaimValueType', [
  z.strictObject({
    inboundTokenClaimName: ClaimName,
    inboundTokenClaimValueType: z.literal('STRING'),
    authorizingClaimMatchValue: z.strictObject({
      claimMatchOperator: z.literal('EQUALS'),
      claimMatchValue: SingleValue,
    }),
  }),
  z.strictObject({
    inboundTokenClaimName: ClaimName,
    inboundTokenClaimValueType: z.literal('STRING_ARRAY'),
    authorizingClaimMatchValue: z.discriminatedUnion('claimMatchOperator', [
      z.strictObject({ claimMatchOperator: z.literal('CONTAINS'), claimMatchValue: SingleValue }),
      z.strictObject({ claimMatchOperator: z.literal('CONTAINS_ANY'), claimMatchValue: ValueList }),
    ]),
  }),
])

const Configuration = z
  .strictObject({
    discoveryUrl: z
      .string()
      .regex(DISCOVERY_URL, 'An http or https URL that ends with /.well-known/openid-configuration')
      .refine((text) => URL.canParse(text), 'Not a URL'),
    allowedAudience: Texts.optional(),
    allowedClients: Texts.optional(),
    allowedScopes: z.array(Scope).min(1).optional(),
    advertisedScopeMapping: z
      .record(Scope, Scope)
      .refine(
        (it) => Object.keys(it).length >= 1 && Object.keys(it).length <= 50,
        '1 to 50 entries',
      )
      .optional(),
    customClaims: z.array(CustomClaim).min(1).optional(),
  })
  .refine(
    (it) => it.allowedAudience ?? it.allowedClients ?? it.allowedScopes ?? it.customClaims,
    'Give at least one of allowedAudience, allowedClients, allowedScopes and customClaims',
  )

/** Modelled by the service and not here: refused rather than ignored, for each makes access narrower. */
const NOT_SUPPORTED = [
  'privateEndpoint',
  'privateEndpointOverrides',
  'allowedWorkloadConfiguration',
]

/** Reads the value of `customJWTAuthorizer`; a refusal names the member and what it accepts. */
export function readCustomJwtAuthorizer(value: unknown): CustomJwtAuthorizer {
  const asked = NOT_SUPPORTED.find((member) => isRecord(value) && value[member] !== undefined)
  if (asked !== undefined) {
    const message = `customJWTAuthorizer.${asked} is not supported here; leave it out`
    throw new HostError('ERR_NOT_SUPPORTED', message)
  }
  const parsed = Configuration.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = ['customJWTAuthorizer', ...(issue?.path ?? [])].map(String).join('.')
  throw new HostError('ERR_INVALID_INPUT', `${path}: ${issue?.message ?? 'malformed'}`, {
    cause: parsed.error,
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
