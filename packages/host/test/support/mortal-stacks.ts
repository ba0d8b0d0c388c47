// A host that dies at one of its writes: nothing that it does afterwards happens.
import type { ResourceType } from '../../src/stacks/resource-type.ts'
import type { Store } from '../../src/store/store.ts'
import type { MemoryCloud } from './memory-cloud.ts'
import { openMemoryStacks, type MemoryStacks } from './memory-stacks.ts'

export interface MortalStacks extends MemoryStacks {
  /** When the host is dead. */
  readonly died: Promise<void>
}

/** Dies instead of its write number `lastWrite`, counted from 0; never when it is undefined. */
export async function openMortalStacks(
  cloud: MemoryCloud,
  store: Store,
  lastWrite?: number,
): Promise<MortalStacks> {
  const death = new AbortController()
  const died = new Promise<void>((resolve) => {
    death.signal.addEventListener('abort', () => resolve())
  })
  let writes = 0
  const mortal: Store = {
    ...store,
    async write(changes) {
      if (writes === lastWrite) death.abort()
      writes += 1
      death.signal.throwIfAborted()
      await store.write(changes)
    },
  }
  const types = new Map([...cloud.types].map(([name, type]) => [name, bind(type, death.signal)]))
  const world = await openMemoryStacks({ cloud, store: mortal, options: { types } })
  return { ...world, died }
}

/** The dead do nothing: the memory cloud looks at the signal right before it acts. */
function bind(type: ResourceType, death: AbortSignal): ResourceType {
  const mortal = <Request extends { readonly signal: AbortSignal }>(request: Request) => ({
    ...request,
    signal: AbortSignal.any([request.signal, death]),
  })
  return {
    ...type,
    create: (request) => type.create(mortal(request)),
    delete: (request) => type.delete(mortal(request)),
    ...(type.update && { update: (request) => type.update?.(mortal(request)) ?? never() }),
  }
}

function never(): never {
  throw new Error('A type lost its update')
}
