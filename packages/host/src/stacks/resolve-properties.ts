import { textsOfSecret } from './hide-secrets.ts'
import type { JsonObject } from './json.ts'
import type { Task } from './task.ts'
import { resolveDynamicReferences } from './template/dynamic-references.ts'

/**
 * Properties as a type gets them: with the values behind `{{resolve:…}}`, which are kept nowhere. What is
 * about to go may stand on something that went before; then the reference stays as it is written.
 */
export async function resolveProperties(
  { engine, stack }: Task,
  properties: JsonObject,
  /** Told what is not to be told on. */
  secrets: Set<string>,
  how: 'wholly' | 'as far as possible' = 'wholly',
): Promise<JsonObject> {
  const { scope } = stack
  const keep = (value: string | undefined) => {
    for (const text of value === undefined ? [] : textsOfSecret(value)) secrets.add(text)
    return value
  }
  try {
    const resolved = await resolveDynamicReferences(properties, {
      readParameter: async (name) => keep(await engine.readParameter(scope, name)),
      readSecret: async (secret) => keep(await engine.readSecret(scope, secret)),
    })
    return resolved as JsonObject
  } catch (error) {
    if (how === 'as far as possible') return properties
    throw error
  }
}
