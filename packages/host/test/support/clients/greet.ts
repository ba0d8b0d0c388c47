import type { OAuthClient } from '../up.ts'

/** What a client needs to know about one hull of a running host. */
export interface Endpoint {
  readonly url: string
  readonly oauth: OAuthClient
  /** For clients that take a token instead of fetching one. */
  readonly token: string
}

/** What a client saw and heard. */
export interface Greeting {
  readonly tools: readonly string[]
  readonly text: string
  /** The protocol revision it ended up with, where the client says so. */
  readonly revision?: string
}

/** One real client: connects, lists the tools, calls `greet_user` for Ada, disconnects. */
export type Greet = (endpoint: Endpoint) => Promise<Greeting>

/** The tool's name on this hull: alone on the runtime, behind its target on the gateway. */
export function findGreetUser(tools: readonly { readonly name: string }[]): string {
  const found = tools.find(({ name }) => /^(?:.+___)?greet_user$/.test(name))
  if (found !== undefined) return found.name
  throw new Error(`There is no greet_user, only ${tools.map(({ name }) => name).join(', ')}`)
}

/** The one text of a tool result. */
export function textOf(result: unknown): string {
  const { content } = result as { readonly content?: readonly { readonly text?: string }[] }
  return content?.map(({ text }) => text).join('\n') ?? ''
}
