// The environment of hosted code: what it may hold, and how secrets get into it without ever standing
// in the template.
import { Token } from 'aws-cdk-lib'
import type { IGrantable } from 'aws-cdk-lib/aws-iam'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import { SECRET_PREFIX } from './bundled/secret-variables.ts'
import type { Problems } from './problems.ts'

/** One field of a secret that is a JSON object. */
export interface SecretField {
  readonly secret: ISecret
  /** The name of the member, e.g. `apiKey` of `{"apiKey":"sk-…"}`. */
  readonly field: string
}

export interface EnvironmentProps {
  /**
   * Environment variables of the code. They stand in the template as they are: nothing secret here.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>

  /**
   * Environment variables whose values are in AWS Secrets Manager: the name of the variable, and the
   * secret or one field of it.
   *
   * Code that is bundled from a `defineServer` file gets the ARN only. It reads the value when it
   * starts, before the file itself is loaded, with a permission on exactly that secret; neither the
   * template nor the configuration of the function or runtime ever holds it, and a rotated value is seen
   * by the next cold start. Existing code expects to find the value in its environment, so there
   * CloudFormation puts it in when it deploys (a dynamic reference): it is not in the template, but
   * whoever may read the configuration of the function or runtime can see it.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, ISecret | SecretField>>

  /**
   * Names that must be in `environment` (and not empty) or in `secrets`. Without one of them the app is
   * not synthesised, instead of failing at the first call.
   *
   * @default - none
   */
  readonly requiredEnvironment?: readonly string[]
}

/** What the platform allows (Lambda: "Using environment variables"; AgentCore: CreateAgentRuntime). */
export interface EnvironmentLimits {
  readonly name: RegExp
  readonly nameWords: string
  readonly maxEntries?: number
  readonly maxValueLength?: number
  /** Bytes of all names and values together. */
  readonly maxBytes?: number
  readonly reserved?: readonly string[]
}

/** Refuses what the platform would refuse when it is deployed; whether it would take it. */
export function checkEnvironment(
  problems: Problems,
  { environment = {}, secrets = {}, requiredEnvironment = [] }: EnvironmentProps,
  limits: EnvironmentLimits,
): boolean {
  const before = problems.count
  const names = [...Object.keys(environment), ...Object.keys(secrets)]
  for (const name of names) {
    if (!limits.name.test(name)) {
      problems.add(`environment: ${JSON.stringify(name)} is no name for ${limits.nameWords}.`)
    }
    if (limits.reserved?.includes(name)) {
      problems.add(`environment: ${name} is set by the platform and cannot be set here.`)
    }
    if (name in environment && name in secrets) {
      problems.add(`environment: ${name} is in \`environment\` and in \`secrets\`; keep one.`)
    }
  }
  for (const name of requiredEnvironment) {
    const value = environment[name] ?? ''
    if (value.trim() !== '' || name in secrets) continue
    problems.add(
      `${name} is missing: the code needs it (requiredEnvironment). Put its value into AWS Secrets Manager ` +
        `and name the secret, e.g. secrets: { ${name}: Secret.fromSecretNameV2(this, '${name}', '…') }, ` +
        `or, if it is no secret, set it in \`environment\`.`,
    )
  }
  checkSizes(problems, environment, names.length, limits)
  warnOfOpenSecrets(problems, environment)
  return problems.count === before
}

function checkSizes(
  problems: Problems,
  environment: Readonly<Record<string, string>>,
  entries: number,
  { maxEntries, maxValueLength, maxBytes }: EnvironmentLimits,
): void {
  if (maxEntries !== undefined && entries > maxEntries) {
    problems.add(`environment: ${entries} variables; at most ${maxEntries} are allowed.`)
  }
  const literals = Object.entries(environment).filter(([, value]) => !Token.isUnresolved(value))
  for (const [name, { length }] of literals) {
    if (maxValueLength === undefined || length <= maxValueLength) continue
    problems.add(
      `environment: the value of ${name} has ${length} characters; at most ${maxValueLength} are allowed.`,
    )
  }
  const bytes = literals.flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (maxBytes !== undefined && bytes > maxBytes) {
    problems.add(`environment: ${bytes} bytes in all; at most ${maxBytes} are allowed.`)
  }
}

const SECRET_NAME = /(?:^|_)(?:KEY|SECRET|TOKEN|PASSWORD)$/

function warnOfOpenSecrets(
  problems: Problems,
  environment: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(environment)) {
    if (!SECRET_NAME.test(name) || value === '' || Token.isUnresolved(value)) continue
    problems.warn(
      'secretInTemplate',
      `${name} looks like a secret, and its value will be readable in the template; give it through \`secrets\`.`,
    )
  }
}

/** What bundled code gets: instead of each secret its ARN, read with a permission on that secret alone. */
export function bundledEnvironment(
  { environment = {}, secrets = {} }: EnvironmentProps,
  reader: IGrantable,
): Record<string, string> {
  const references = Object.entries(secrets).map(([name, given]) => {
    const { secret, field } = readSecret(given)
    secret.grantRead(reader)
    return [
      `${SECRET_PREFIX}${name}`,
      field === undefined ? secret.secretArn : `${secret.secretArn}#${field}`,
    ] as const
  })
  return { ...environment, ...Object.fromEntries(references) }
}

/** What existing code gets: the values themselves, put in by CloudFormation. */
export function resolvedEnvironment({
  environment = {},
  secrets = {},
}: EnvironmentProps): Record<string, string> {
  const values = Object.entries(secrets).map(([name, given]) => {
    const { secret, field } = readSecret(given)
    const value = field === undefined ? secret.secretValue : secret.secretValueFromJson(field)
    return [name, value.unsafeUnwrap()] as const
  })
  return { ...environment, ...Object.fromEntries(values) }
}

function readSecret(given: ISecret | SecretField): {
  readonly secret: ISecret
  readonly field?: string
} {
  return 'field' in given ? given : { secret: given }
}
