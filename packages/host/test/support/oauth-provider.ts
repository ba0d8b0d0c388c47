import type {
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client'

/** An application that keeps what it learns in memory, with somebody at the browser who is asked once. */
export interface MemoryOAuthProvider extends OAuthClientProvider {
  /** What came back from the browser. */
  callback(): URLSearchParams
}

/** `ask` takes the authorization URL through a browser and says where the browser was sent then. */
export function memoryOAuthProvider(
  ask: (url: URL) => Promise<URL | undefined>,
): MemoryOAuthProvider {
  let information: StoredOAuthClientInformation | undefined
  let tokens: StoredOAuthTokens | undefined
  let discovery: OAuthDiscoveryState | undefined
  let verifier = ''
  let answer: URL | undefined
  return {
    redirectUrl: 'http://localhost:3118/oauth/callback',
    clientMetadata: {
      client_name: 'Test application',
      redirect_uris: ['http://localhost:3118/oauth/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    } satisfies OAuthClientMetadata,
    clientInformation: () => information,
    saveClientInformation: (given) => void (information = given),
    tokens: () => tokens,
    saveTokens: (given) => void (tokens = given),
    discoveryState: () => discovery,
    saveDiscoveryState: (given) => void (discovery = given),
    saveCodeVerifier: (given) => void (verifier = given),
    codeVerifier: () => verifier,
    redirectToAuthorization: async (url) => void (answer = await ask(url)),
    callback() {
      if (answer === undefined) throw new Error('nobody was asked')
      return answer.searchParams
    },
  }
}
