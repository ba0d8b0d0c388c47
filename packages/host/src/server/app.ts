// The public entry `catamaran/app`: what an app file imports. It stays free of imports of its own,
// because it is evaluated in a process that does nothing else.
import type { AppDefinition } from './app-definition.ts'

export type { AppDefinition }

/** Gives an app file its types; returns the definition unchanged. The host validates it. */
export function defineApp(definition: AppDefinition): AppDefinition {
  return definition
}
