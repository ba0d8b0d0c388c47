import assert from 'node:assert/strict'
import type { CallToolResult } from '@modelcontextprotocol/client'

/** The one text a tool answered with; anything else fails the check. */
export function textOf({ content }: CallToolResult): string {
  const [only, ...rest] = content
  assert(only?.type === 'text' && rest.length === 0, `not one text: ${JSON.stringify(content)}`)
  return only.text
}
