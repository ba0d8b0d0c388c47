import type { ReadyLine } from './subject.ts'

/** A token by client credentials (RFC 6749 §4.4), as any program would get one. */
export async function fetchToken({ oauth }: ReadyLine): Promise<string> {
  if (oauth === undefined) throw new Error('the host has no issuer')
  const { clientId, clientSecret, tokenUrl } = oauth
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return token
}
