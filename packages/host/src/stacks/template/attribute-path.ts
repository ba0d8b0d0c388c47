import type { Json } from '../json.ts'
import { isCall, isList } from './intrinsic.ts'

/** What `Fn::GetAtt` names; an attribute may be a function (a `Ref` to a parameter). */
export interface AttributePath {
  readonly logicalId: string
  readonly attribute: Json
}

/** `[Id, Attribute]` or `Id.Attribute`; attributes have dots of their own, logical ids have none. */
export function readAttributePath(args: Json): AttributePath | undefined {
  if (typeof args === 'string') return splitAttributePath(args)
  if (!isList(args) || args.length !== 2) return undefined
  const [logicalId, attribute] = args
  if (typeof logicalId !== 'string' || logicalId === '') return undefined
  if ((typeof attribute === 'string' && attribute !== '') || isCall(attribute)) {
    return { logicalId, attribute: attribute ?? null }
  }
  return undefined
}

export function splitAttributePath(
  text: string,
): { readonly logicalId: string; readonly attribute: string } | undefined {
  const dot = text.indexOf('.')
  if (dot < 1 || dot === text.length - 1) return undefined
  return { logicalId: text.slice(0, dot), attribute: text.slice(dot + 1) }
}
