/** Where a user's browser is sent to; these requests carry no signature. */
export const AUTHORIZE_PATH = '/identities/oauth2/authorize'
export const CALLBACK_PREFIX = '/identities/oauth2/callback/'

/** Whether a request goes to a browser route of Identity rather than to an operation. */
export function isIdentityBrowserPath(path: string): boolean {
  return path === AUTHORIZE_PATH || path.startsWith(CALLBACK_PREFIX)
}
