import { HostError } from '../kernel/host-error.ts'
import { fetchToken } from './access-token.ts'
import { getHost } from './host-record.ts'

/** `catamaran token`: a token on stdout, alone, so that a shell can take it. */
export async function token({ url, json }: { url?: string; json?: boolean }): Promise<void> {
  const host = await getHost(url)
  if (host.oauth === undefined) {
    throw new HostError(
      'ERR_CONFLICT',
      `The host at ${host.url} has no client of its own here: it was started with --no-auth, or keeps its master key elsewhere`,
    )
  }
  const answer = await fetchToken(host.oauth)
  process.stdout.write(`${json ? JSON.stringify(answer) : answer.access_token}\n`)
}
