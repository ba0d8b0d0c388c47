import { parseAwsHostName } from '../proxy/aws-host-names.ts'

/** What lives here, for addresses that AWS would form. */
export interface LocalResources {
  readonly baseUrl: () => string
  /** The issuer's own address of a user pool or its domain; undefined when the pool is not here. */
  readonly findPoolUrl: (url: URL) => string | undefined
  readonly hasGateway: (gatewayId: string) => boolean
  readonly hasRuntime: (arn: string) => boolean
}

const RUNTIME_PATH = /^\/runtimes\/([^/]+)\//

/**
 * Where an address that AWS would form is served here; the address itself when it names nothing of
 * ours. Templates and scripts write such addresses down as fixed text.
 */
export function rewriteToLocal(text: string, resources: LocalResources): string {
  const url = URL.parse(text)
  const name = url?.protocol === 'https:' ? parseAwsHostName(url.host) : undefined
  if (url === null || name === undefined) return text
  if (name.service === 'cognito-idp' || name.service === 'cognito-domain') {
    return resources.findPoolUrl(url) ?? text
  }
  if (name.service === 'gateway' && resources.hasGateway(name.name)) {
    return `${resources.baseUrl()}/gateway/${name.name}${url.pathname}${url.search}`
  }
  const arn = RUNTIME_PATH.exec(url.pathname)?.[1]
  if (name.service === 'bedrock-agentcore' && arn !== undefined) {
    if (resources.hasRuntime(decode(arn))) {
      return `${resources.baseUrl()}${url.pathname}${url.search}`
    }
  }
  return text
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // a malformed escape names nothing
  }
}
