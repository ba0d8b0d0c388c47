import { Lexer } from 'yaml'
import { HostError } from '../../kernel/host-error.ts'

/** Twice what a template of a megabyte has. */
const MAX_TOKENS = 400_000
const MAX_FLOW_DEPTH = 100

/**
 * Refuses texts that the parser takes too long for. It needs quadratic time for brackets that never
 * close and for anchors or tags one after the other, which no template has.
 */
export function checkYamlTokens(text: string): void {
  let count = 0
  let depth = 0
  let properties = 0
  for (const token of new Lexer().lex(text)) {
    count += 1
    const first = token[0]
    if (first === '[' || first === '{') depth += 1
    if (first === ']' || first === '}') depth -= 1
    if (first === '&' || first === '!') properties += 1
    else if (token.trim() !== '') properties = 0
    if (count > MAX_TOKENS || depth > MAX_FLOW_DEPTH || properties > 2) {
      throw new HostError(
        'ERR_INVALID_INPUT',
        'Template format error: YAML not well-formed: too deep or too large, or several anchors or tags of one value',
      )
    }
  }
}
