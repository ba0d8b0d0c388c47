import { formatError, type RequestMessage } from '@catamaran/tools/protocol'
import { formatErrorResult } from './tool-result.ts'

/** Since this revision a server may ask for a visit to a URL (MCP, Elicitation, URL mode). */
const FIRST_URL_REVISION = '2025-11-25'

/** Where a user has to log in before the tool can be called. */
export interface LoginNeeded {
  readonly url: string
  readonly elicitationId: string
}

/** MCP 2025-11-25, URLElicitationRequiredError. */
const URL_ELICITATION_REQUIRED = -32042

const MESSAGE = 'Log in at this address, then call the tool again'

/**
 * The response to a call that cannot go on without a login (AgentCore developer guide, authorization
 * code grant). Older clients, and those of 2026-07-28 where the error is gone, read the address in a
 * tool result.
 */
export function formatLoginNeeded(
  request: RequestMessage,
  { url, elicitationId }: LoginNeeded,
): string {
  if (request.era === 'modern' || request.revision < FIRST_URL_REVISION) {
    return formatErrorResult(request, `${MESSAGE}: ${url}`)
  }
  const elicitations = [{ mode: 'url', url, elicitationId, message: MESSAGE }]
  return formatError(request.id, URL_ELICITATION_REQUIRED, MESSAGE, { elicitations })
}
