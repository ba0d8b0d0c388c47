import { HostError } from '../kernel/host-error.ts'
import type { UserPoolSettings } from './user-pool-record.ts'

/** OpenID Connect Core 1.0 §5.1, as far as user pools have them. */
const STANDARD: ReadonlySet<string> = new Set([
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
])

/** Refuses attributes that the pool does not have, and values that Cognito would not take. */
export function checkAttributes(
  attributes: Readonly<Record<string, string>>,
  { customAttributes }: UserPoolSettings,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!STANDARD.has(name) && !customAttributes.includes(name)) {
      throw refuse(name, 'Attribute does not exist in the schema.')
    }
    if (value === '') continue
    if (name === 'email' && !/^[^@\s]+@[^@\s]+$/.test(value)) {
      throw new HostError('ERR_INVALID_INPUT', 'Invalid email address format.')
    }
    if (name === 'phone_number' && !/^\+\d{3,15}$/.test(value)) {
      throw new HostError('ERR_INVALID_INPUT', 'Invalid phone number format.')
    }
  }
}

function refuse(name: string, why: string): HostError {
  const message = `Attributes did not conform to the schema: ${name}: ${why}`
  return new HostError('ERR_INVALID_INPUT', message)
}

/** The attributes of a person that a scope shows (OpenID Connect Core 1.0 §5.4). */
export function claimsForScopes(
  attributes: Readonly<Record<string, string>>,
  scopes: readonly string[],
): Record<string, string | boolean> {
  const shown = Object.entries(attributes).filter(([name]) => scopes.includes(scopeOf(name)))
  return Object.fromEntries(
    shown.map(([name, value]) => [name, name.endsWith('_verified') ? value === 'true' : value]),
  )
}

function scopeOf(name: string): string {
  if (name === 'email' || name === 'email_verified') return 'email'
  if (name === 'phone_number' || name === 'phone_number_verified') return 'phone'
  return 'profile'
}
