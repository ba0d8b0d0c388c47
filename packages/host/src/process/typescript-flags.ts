const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const stripsTypes = major > 22 || (major === 22 && minor >= 18)

/**
 * Flags for a Node child that may load TypeScript: Node strips types by itself from 22.18 on, and
 * before that when asked. What it then says of experiments is not for those who read a tool's log.
 */
export const TYPESCRIPT_FLAGS: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  ...(stripsTypes ? [] : ['--experimental-strip-types']),
]
