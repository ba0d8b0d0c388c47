import type { Json } from '../json.ts'
import { splitAttributePath } from './attribute-path.ts'

const TAGGED = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
])

/** `!Sub text` is `{Fn::Sub: text}`; undefined for a tag that is no function's. */
export function callOfTag(tag: string, value: Json): Json | undefined {
  const name = tag.slice(1)
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  if (!TAGGED.has(name)) return undefined
  if (name === 'GetAtt' && typeof value === 'string') {
    const path = splitAttributePath(value)
    return { 'Fn::GetAtt': path === undefined ? value : [path.logicalId, path.attribute] }
  }
  return { [`Fn::${name}`]: value }
}
