// The AWS host names that this host answers for, in the aws partition: what an SDK builds by itself,
// and what programs and stacks have written inside. FIPS, dual-stack (`api.aws`) and VPC endpoint
// names are not among them; neither is the China partition (`amazonaws.com.cn`).

const API_SERVICES = [
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cognito-idp',
  'lambda',
  'secretsmanager',
  'sts',
] as const

/** What a host name leads to: the API of a service, or one gateway or user pool domain by its name. */
export type AwsHostName =
  | { readonly service: (typeof API_SERVICES)[number]; readonly region: string }
  | {
      readonly service: 'gateway' | 'cognito-domain'
      readonly region: string
      readonly name: string
    }

/** Every name above lies in one of these. */
export const AWS_DOMAINS: readonly string[] = ['amazonaws.com', 'amazoncognito.com']

const REGION = '([a-z]{2,4}(?:-[a-z]{2,12}){1,2}-[0-9]{1,2})'
const LABEL = '([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)'
const API = new RegExp(`^(${API_SERVICES.join('|')})\\.${REGION}\\.amazonaws\\.com$`)
const GATEWAY = new RegExp(`^${LABEL}\\.gateway\\.bedrock-agentcore\\.${REGION}\\.amazonaws\\.com$`)
const DOMAIN = new RegExp(`^${LABEL}\\.auth\\.${REGION}\\.amazoncognito\\.com$`)
const MAX_AUTHORITY = 200

/** Reads a Host header or a host name, with or without a port; undefined when it is not served here. */
export function parseAwsHostName(authority: string): AwsHostName | undefined {
  if (authority.length > MAX_AUTHORITY) return undefined
  const host = authority.replace(/:\d{1,5}$/, '').toLowerCase()
  if (!host.endsWith('.com')) return undefined // loopback, on every request
  if (host === 'sts.amazonaws.com') return { service: 'sts', region: 'us-east-1' }
  return (
    parseApi(host) ??
    parseNamed(GATEWAY, 'gateway', host) ??
    parseNamed(DOMAIN, 'cognito-domain', host)
  )
}

function parseApi(host: string): AwsHostName | undefined {
  const [, found, region] = API.exec(host) ?? []
  const service = API_SERVICES.find((it) => it === found)
  return service && region !== undefined ? { service, region } : undefined
}

function parseNamed(
  pattern: RegExp,
  service: 'gateway' | 'cognito-domain',
  host: string,
): AwsHostName | undefined {
  const [, name, region] = pattern.exec(host) ?? []
  return name !== undefined && region !== undefined ? { service, region, name } : undefined
}
