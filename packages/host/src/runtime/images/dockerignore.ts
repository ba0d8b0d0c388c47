import { posix } from 'node:path'
import { HostError } from '../../kernel/host-error.ts'
import { matchesPathOrParent, splitPath, splitPattern } from './path-pattern.ts'

/** Every file is held against every rule, in the host's own process. */
const MAX_RULES = 1_000
const MAX_RULE_LENGTH = 1_000

/** docs.docker.com, ".dockerignore files": the last line that matches decides. */
export function readIgnore(text: string): (path: string) => boolean {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length > MAX_RULES || lines.some((line) => line.length > MAX_RULE_LENGTH)) {
    const message = `A .dockerignore may have ${MAX_RULES} rules of ${MAX_RULE_LENGTH} characters`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
  const rules = lines.map((line) => {
    const isException = line.startsWith('!')
    const pattern = posix.normalize((isException ? line.slice(1) : line).trim())
    return { pattern: splitPattern(pattern), isException }
  })
  return (path) => {
    const parts = splitPath(path)
    const last = rules.findLast(({ pattern }) => matchesPathOrParent(pattern, parts))
    return last !== undefined && !last.isException
  }
}
