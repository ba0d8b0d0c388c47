// The AWS host names that this host answers for, in the aws partition: what an SDK builds by itself,
// and what programs and stacks have written inside. FIPS, dual-stack (`api.aws`) and VPC endpoint
// names are not among them; neither is the China partition (`amazonaws.com.cn`).

/** What stands before the Region. */
const API_SERVICES = [
  'api.ecr',
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-idp',
  'lambda',
  'secretsmanager',
  'ssm',
  'sts',
] as const

/** What a host name leads to: the API of a service, or one gateway, user pool domain or bucket by its name. */
export type AwsHostName =
  | { readonly service: (typeof API_SERVICES)[number]; readonly region: string }
  | { readonly service: 's3'; readonly region: string }
  | {
      readonly service: 'gateway' | 'cognito-domain' | 's3'
      readonly region: string
      readonly name: string
    }

/** Every name above lies in one of these. */
export const AWS_DOMAINS: readonly string[] = ['amazonaws.com', 'amazoncognito.com']

const REGION = '([a-z]{2,4}(?:-[a-z]{2,12}){1,2}-[0-9]{1,2})'
const LABEL = '([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)'
const API = new RegExp(
  `^(${API_SERVICES.join('|').replaceAll('.', '\\.')})\\.${REGION}\\.amazonaws\\.com$`,
)
const GATEWAY = new RegExp(`^${LABEL}\\.gateway\\.bedrock-agentcore\\.${REGION}\\.amazonaws\\.com$`)
const DOMAIN = new RegExp(`^${LABEL}\\.auth\\.${REGION}\\.amazoncognito\\.com$`)
/** Buckets may have dots in their names; before them S3 had no Region in its own. */
const S3 = new RegExp(
  `^(?:([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\\.)?s3(?:\\.${REGION})?\\.amazonaws\\.com$`,
)
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
    parseNamed(DOMAIN, 'cognito-domain', host) ??
    parseS3(host)
  )
}

function parseApi(host: string): AwsHostName | undefined {
  const [, found, region] = API.exec(host) ?? []
  const service = API_SERVICES.find((it) => it === found)
  return service && region !== undefined ? { service, region } : undefined
}

function parseS3(host: string): AwsHostName | undefined {
  const found = S3.exec(host)
  if (found === null) return undefined
  const [, name, region = 'us-east-1'] = found
  return { service: 's3', region, ...(name !== undefined && { name }) }
}

function parseNamed(
  pattern: RegExp,
  service: 'gateway' | 'cognito-domain',
  host: string,
): AwsHostName | undefined {
  const [, name, region] = pattern.exec(host) ?? []
  return name !== undefined && region !== undefined ? { service, region, name } : undefined
}
