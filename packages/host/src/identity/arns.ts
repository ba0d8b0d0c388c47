// The names of what Identity keeps, as seen on the wire: the model's pattern says service `acps`, the
// service itself says `bedrock-agentcore`.
import type { Scope } from '../kernel/scope.ts'

export type ProviderKind = 'oauth2' | 'apikey'

const PROVIDER_PATHS: Record<ProviderKind, string> = {
  oauth2: 'oauth2credentialprovider',
  apikey: 'apikeycredentialprovider',
}

export function providerArn(kind: ProviderKind, name: string, scope: Scope): string {
  return `${agentCore(scope)}:token-vault/default/${PROVIDER_PATHS[kind]}/${name}`
}

/** The name that a provider's ARN carries, or undefined when it is not an ARN of that kind. */
export function parseProviderName(kind: ProviderKind, arn: string): string | undefined {
  const match = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:token-vault\/default\/([^/]+)\/([^/]+)$/.exec(arn)
  return match?.[1] === PROVIDER_PATHS[kind] ? match[2] : undefined
}

/** The name of the secret that belongs to a provider; its ARN ends in six more characters. */
export function managedSecretName(kind: ProviderKind, name: string): string {
  return `bedrock-agentcore-identity!default/${kind}/${name}`
}

export function secretArn(name: string, suffix: string, { region, accountId }: Scope): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`
}

/** The account and Region that an ARN names, or undefined when the text is not an ARN. */
export function parseArnScope(arn: string): Scope | undefined {
  const [prefix, , , region, accountId, ...rest] = arn.split(':')
  if (prefix !== 'arn' || region === undefined || accountId === undefined) return undefined
  return rest.length > 0 ? { region, accountId } : undefined
}

function agentCore({ region, accountId }: Scope): string {
  return `arn:aws:bedrock-agentcore:${region}:${accountId}`
}
