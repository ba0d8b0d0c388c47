import { createHash, timingSafeEqual } from 'node:crypto'

export interface BasicCredentials {
  readonly user: string
  readonly password: string
  /** Whether a `Proxy-Authorization` header carries them; tells nothing by the time it takes. */
  match(header: string | undefined): boolean
}

/** A user and password in the Basic scheme (RFC 7617). */
export function basicCredentials(user: string, password: string): BasicCredentials {
  const expected = digest(Buffer.from(`${user}:${password}`).toString('base64'))
  return {
    user,
    password,
    match(header) {
      const [, sent] = /^basic +([\w+/=-]{1,512})$/i.exec(header ?? '') ?? []
      return sent !== undefined && timingSafeEqual(digest(sent), expected)
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
