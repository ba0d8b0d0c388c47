import type { Registry } from './registry.ts'

/** The code that some version may still be started from. */
export function codeInUse(registry: Registry): ReadonlySet<string> {
  const used = new Set<string>()
  for (const { versions } of registry.list()) {
    for (const { state } of versions.values()) {
      if (state.status === 'READY' && state.codeSha256 !== undefined) used.add(state.codeSha256)
    }
  }
  return used
}
