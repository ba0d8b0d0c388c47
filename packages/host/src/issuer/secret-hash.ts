import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** `SECRET_HASH` of the authentication operations: the user name and client id under the secret. */
export function formatSecretHash(username: string, clientId: string, secret: string): string {
  return createHmac('sha256', secret).update(`${username}${clientId}`).digest('base64')
}

/** Compares digests, which have one length, in a time that tells nothing about the secret. */
export function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
