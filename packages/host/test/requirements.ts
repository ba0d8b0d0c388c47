/** A behaviour we owe: where it is written, and what it is. */
export interface Requirement {
  readonly source: string
  readonly behavior: string
  /** Why it does not hold yet. Its test must fail until the day this line is removed. */
  readonly knownFailure?: string
}

/** Everything we owe callers and prove with their own clients; tests cite the ids. */
export const requirements = {
  'state:crash': {
    source: 'AWS SDK clients; SQLite, PRAGMA synchronous',
    behavior: 'What was acknowledged survives kill -9, and nothing half-made is visible.',
  },
  'state:crash-postgres': {
    source: 'AWS SDK clients; PostgreSQL',
    behavior: 'What was acknowledged survives kill -9 with its rows in PostgreSQL, too.',
  },
  'secrets:nowhere': {
    source: 'AgentCore Identity, token vault; Cognito; Lambda, environment variables',
    behavior:
      'No secret stands in the clear in the data directory, the log, a refusal or the process list.',
  },
  'clients:sdk-v2-legacy': {
    source: 'MCP 2025-11-25, Lifecycle and Authorization; @modelcontextprotocol/client 2.4',
    behavior:
      'The current SDK in its legacy mode finds its token through the 401 and calls a tool.',
  },
  'clients:sdk-v2-auto': {
    source: 'MCP 2026-07-28, Versioning; @modelcontextprotocol/client 2.4',
    behavior: 'The current SDK, left to choose, speaks 2026-07-28 with both hulls.',
  },
  'clients:sdk-v2-modern': {
    source: 'MCP 2026-07-28, Base Protocol; @modelcontextprotocol/client 2.4',
    behavior: 'The current SDK, pinned to 2026-07-28, never has to fall back.',
  },
  'clients:sdk-v1': {
    source: 'MCP 2025-11-25, Lifecycle and Authorization; @modelcontextprotocol/sdk 1.32',
    behavior: 'The previous SDK finds its token through the 401 and calls a tool.',
  },
  'clients:sdk-v1-bearer': {
    source: 'RFC 6750 §2.1; @modelcontextprotocol/sdk 1.32',
    behavior: 'The previous SDK calls a tool with a token it was given.',
  },
  'clients:inspector': {
    source: '@modelcontextprotocol/inspector 2.12, --cli',
    behavior: 'The Inspector calls a tool from its command line, in both protocol eras.',
  },
  'clients:mcp-remote': {
    source: 'mcp-remote 0.15, --header',
    behavior: 'A client that only knows stdio reaches both hulls through mcp-remote.',
  },
  'clients:ai-sdk': {
    source: '@ai-sdk/mcp 2.0, http transport',
    behavior: 'The AI SDK, which opens with server/discover, calls a tool.',
  },
  'conformance:fixture': {
    source: 'MCP conformance suite 0.2.0-alpha.12, requirement sets 2025-11-25 and 2026-07-28',
    behavior: 'The fixture itself meets both requirement sets when it is called directly.',
  },
  'conformance:runtime-2025-11-25': {
    source: 'MCP conformance suite 0.2.0-alpha.12, requirement set 2025-11-25',
    behavior: 'Hosted on the Runtime hull, no check fails that passes when called directly.',
  },
  'conformance:runtime-2026-07-28': {
    source: 'MCP conformance suite 0.2.0-alpha.12, requirement set 2026-07-28',
    behavior: 'Hosted on the Runtime hull, no check fails that passes when called directly.',
  },
  'bad-input:ten-thousand': {
    source: 'RFC 9110 §15.5, RFC 6750 §3.1, JSON-RPC 2.0 §5.1, MCP 2026-07-28 Error Codes',
    behavior: 'Whatever arrives gets the right refusal: no crash, no 5xx, no hang, no leak.',
  },
} as const satisfies Record<string, Requirement>

export type RequirementId = keyof typeof requirements
