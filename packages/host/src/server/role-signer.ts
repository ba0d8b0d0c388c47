import { signRequest } from '../aws/sign-request.ts'
import type { RequestSigner } from '../gateway/mcp-server/request-signer.ts'
import { roleIdentity, type TemporaryKeys } from '../api/sts/temporary-keys.ts'

/** Longer than any request under way. */
const KEY_SECONDS = 900

interface RoleSignerOptions {
  readonly temporaryKeys: TemporaryKeys
  readonly baseUrl: () => string
}

/** Signs for a gateway's role with keys of this host, which are good for nothing anywhere else. */
export function roleSigner({ temporaryKeys, baseUrl }: RoleSignerOptions): RequestSigner {
  return {
    canSign: (url) => url.origin === new URL(baseUrl()).origin,
    sign({ request, service, region, scope, roleArn }) {
      const identity = roleIdentity(scope, roleArn)
      const expiresAt = new Date(Date.now() + KEY_SECONDS * 1_000)
      const keys = temporaryKeys.createTemporaryKey(identity, expiresAt)
      const { url, method, headers, body = '' } = request
      return signRequest({ method, url, headers, body }, { service, region }, keys)
    },
  }
}
