import { randomInt } from 'node:crypto'
import { HostError } from '../../kernel/host-error.ts'
import { asText } from './as-text.ts'
import type { Properties } from './properties.ts'

/** Secrets Manager API reference, GetRandomPassword. */
const KINDS = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}
const DEFAULT_LENGTH = 32
const MAX_LENGTH = 4_096

/** `GenerateSecretString`: a password, or a JSON object with one among its members. */
export function generateSecretText(options: Properties): string {
  const { SecretStringTemplate: template, GenerateStringKey: key } = options
  const password = generatePassword(options)
  if (template === undefined && key === undefined) return password
  if (typeof template !== 'string' || typeof key !== 'string') {
    throw invalid('SecretStringTemplate and GenerateStringKey belong together')
  }
  return JSON.stringify({ ...readTemplate(template), [key]: password })
}

function generatePassword(options: Properties): string {
  const excluded = new Set(asText(options['ExcludeCharacters'] ?? ''))
  const kinds = Object.entries(KINDS)
    .filter(([name]) => !isTrue(options[name]))
    .map(([, characters]) =>
      characters
        .split('')
        .filter((it) => !excluded.has(it))
        .join(''),
    )
  if (isTrue(options['IncludeSpace'])) kinds.push(' ')
  const alphabet = kinds.join('')
  const length = Number(options['PasswordLength'] ?? DEFAULT_LENGTH)
  if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH) {
    throw invalid(`PasswordLength is a number from 1 to ${MAX_LENGTH}`)
  }
  if (alphabet === '') throw invalid('GenerateSecretString excludes every character')
  const needsEach =
    options['RequireEachIncludedType'] === undefined || isTrue(options['RequireEachIncludedType'])
  const each = needsEach ? kinds.filter((kind) => kind !== '') : []
  if (each.length > length)
    throw invalid('PasswordLength is too short for one character of each type')
  const rest = Array.from({ length: length - each.length }, () => pick(alphabet))
  return shuffle([...each.map(pick), ...rest]).join('')
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length))
}

/** Fisher and Yates's. */
function shuffle(characters: string[]): readonly string[] {
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const kept = characters[last] ?? ''
    characters[last] = characters[other] ?? ''
    characters[other] = kept
  }
  return characters
}

function readTemplate(template: string): object {
  try {
    const value: unknown = JSON.parse(template)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // said below
  }
  throw invalid('SecretStringTemplate is not a JSON object')
}

function isTrue(value: unknown): boolean {
  return asText(value).toLowerCase() === 'true'
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
