import { posix } from 'node:path'
import { matchesPathOrParent } from './path-pattern.ts'

/** docs.docker.com, ".dockerignore files": the last line that matches decides. */
export function readIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isException = line.startsWith('!')
      const pattern = posix
        .normalize((isException ? line.slice(1) : line).trim())
        .replace(/^\//, '')
      return { pattern, isException }
    })
  return (path) => {
    const last = rules.findLast(({ pattern }) => matchesPathOrParent(pattern, path))
    return last !== undefined && !last.isException
  }
}
