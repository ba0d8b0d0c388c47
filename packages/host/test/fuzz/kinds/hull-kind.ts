import type { Random } from '../random.ts'
import type { RequestKind, Shot } from '../request-kind.ts'
import type { HullWorld } from '../world.ts'

/** A kind that can be fired at either hull, and is as wrong on one as on the other. */
export interface HullKind extends Omit<RequestKind, 'make'> {
  make(random: Random, hull: HullWorld): Shot
}

/** The kinds as fired at one hull, under names that say so. */
export function onHull(
  hull: HullWorld['hull'],
  kinds: readonly HullKind[],
): readonly RequestKind[] {
  return kinds.map((kind) => ({
    ...kind,
    name: `${hull}: ${kind.name}`,
    make: (random, world) => kind.make(random, world[hull]),
  }))
}

/** Names every object has. Looked up carelessly, they are found. */
export const PROTOTYPE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
