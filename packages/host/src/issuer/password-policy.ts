import { cognitoFault } from './cognito-fault.ts'
import type { PasswordPolicy } from './user-pool-record.ts'

const MAX_CHARS = 256
/** The characters that count as symbols (developer guide); a space does inside of a password. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|\S \S/

const RULES: readonly [keyof PasswordPolicy, RegExp, string][] = [
  ['requireLowercase', /[a-z]/, 'Password must have lowercase characters'],
  ['requireUppercase', /[A-Z]/, 'Password must have uppercase characters'],
  ['requireNumbers', /[0-9]/, 'Password must have numeric characters'],
  ['requireSymbols', SYMBOL, 'Password must have symbol characters'],
]

/** Refuses a password that the pool's policy does not allow, in Cognito's words. */
export function checkPassword(password: string, policy: PasswordPolicy): void {
  const broken = findBrokenRule(password, policy)
  if (broken === undefined) return
  const message = `Password did not conform with policy: ${broken}`
  throw cognitoFault('InvalidPasswordException', message)
}

function findBrokenRule(password: string, policy: PasswordPolicy): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough'
  if (password.length > MAX_CHARS) return 'Password too long'
  return RULES.find(([rule, pattern]) => policy[rule] === true && !pattern.test(password))?.[2]
}
