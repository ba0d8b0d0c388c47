import { isObject } from './message.ts'

/** Keys of `params._meta` that every modern request carries (MCP 2026-07-28, Base Protocol: _meta). */
export const MetaKey = {
  revision: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
} as const

export type Envelope =
  | { readonly kind: 'absent'; readonly missing: readonly string[] }
  | { readonly kind: 'valid'; readonly revision: string; readonly logLevel: unknown }
  | { readonly kind: 'invalid'; readonly revision: string; readonly problem: string }
  | { readonly kind: 'unreadable'; readonly problem: string }

const ABSENT: Envelope = {
  kind: 'absent',
  missing: [MetaKey.revision, MetaKey.clientCapabilities],
}

/** The modern envelope of a message. Naming a revision is what makes a message modern. */
export function readEnvelope(params: Readonly<Record<string, unknown>>): Envelope {
  const meta = params['_meta']
  if (!isObject(meta)) return ABSENT
  const revision = meta[MetaKey.revision]
  if (revision === undefined) {
    if (meta[MetaKey.clientCapabilities] === undefined) return ABSENT
    return { kind: 'absent', missing: [MetaKey.revision] }
  }
  if (typeof revision !== 'string') {
    return { kind: 'unreadable', problem: `\`${MetaKey.revision}\` must be a text.` }
  }
  if (!isObject(meta[MetaKey.clientCapabilities])) {
    return invalid(revision, `\`${MetaKey.clientCapabilities}\` must be an object; {} is enough.`)
  }
  const clientInfo = meta[MetaKey.clientInfo]
  if (clientInfo !== undefined && !isImplementation(clientInfo)) {
    return invalid(revision, `\`${MetaKey.clientInfo}\` needs a \`name\` and a \`version\`.`)
  }
  return { kind: 'valid', revision, logLevel: meta[MetaKey.logLevel] }
}

function isImplementation(value: unknown): boolean {
  return (
    isObject(value) && typeof value['name'] === 'string' && typeof value['version'] === 'string'
  )
}

function invalid(revision: string, problem: string): Envelope {
  return { kind: 'invalid', revision, problem }
}
