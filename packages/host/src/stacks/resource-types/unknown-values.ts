import type { Shape } from '../../aws/service-model.ts'
import { UNKNOWN } from '../resource-type.ts'

/** Whether a value, or a part of a text, is known only once other resources are made. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && value.includes(UNKNOWN)
}

/** Something of the right kind for a value that is not known, for what checks the rest. */
export function standIn({ type }: Shape): unknown {
  switch (type) {
    case 'structure':
    case 'map':
      return {}
    case 'list':
      return []
    case 'string':
      return UNKNOWN
    case 'boolean':
      return false
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return 0
    case 'timestamp':
      return new Date(0)
    case 'blob':
      return new Uint8Array()
  }
}
