import type { Variables } from './aws-variables.ts'

/** This machine itself; what else need not pass the proxy, the proxy knows from the user's own list. */
const NO_PROXY = 'localhost,.localhost,127.0.0.1,::1'

/** Sends a program's connections through the proxy, in both spellings: programs read one or the other. */
export function proxyVariables(proxyUrl: string): Variables {
  const variables = { HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl, NO_PROXY, ALL_PROXY: undefined }
  return {
    ...variables,
    ...Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    NODE_USE_ENV_PROXY: '1', // Node's fetch and http read the others only then
  }
}
