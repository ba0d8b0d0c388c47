import type { StackDescription } from './aws/stack-description.ts'
import { isObject } from './cdk/read-json-file.ts'
import { parametersFor } from './parameters-for.ts'
import type { ReadStack } from './stack-source.ts'
import { isNoEcho, looksSecret, type TemplateChange } from './template-diff.ts'

/** Values of parameters that a deployment would change; nobody can see whether one with NoEcho differs. */
export function compareParameters(
  stack: ReadStack,
  given: ReadonlyMap<string, string>,
  before: StackDescription | undefined,
): readonly TemplateChange[] {
  const declared = stack.template['Parameters']
  return parametersFor(stack, given, before).flatMap((it): TemplateChange[] => {
    const declaration = isObject(declared) ? declared[it.key] : undefined
    const old = before?.parameters.get(it.key)
    if (!('value' in it) || old === undefined || old === it.value) return []
    if (isObject(declaration) && isNoEcho(declaration)) return []
    const show = (value: string) => (looksSecret(it.key) ? '****' : value)
    const details = [{ path: '', before: show(old), after: show(it.value) }]
    return [{ section: 'Parameter values', name: it.key, kind: 'changed', details }]
  })
}
