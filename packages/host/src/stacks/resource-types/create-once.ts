import type { ResourceRequest } from '../resource-type.ts'
import type { Output } from './output.ts'
import { isConflict } from './refusals.ts'

/** One creation, which a host that was killed may have begun. */
export interface Creation {
  create(): Promise<Output>
  /** What `Ref` gives. */
  idOf(created: Output): string
  /** The same before it is made, where names are ids. */
  readonly expectedId?: string | undefined
  /** Looks for what an earlier try has made, where names are not unique. */
  find?(): Promise<string | undefined>
}

/**
 * Makes a resource, or takes over what an earlier try of the same creation has made: the one it told
 * about, the one that can be found, or, because the first try would have been refused as well if it
 * were somebody else's, the one with whose name the new one conflicts.
 */
export async function createOnce(
  request: ResourceRequest,
  creation: Creation,
): Promise<{ readonly physicalId: string; readonly created: Output }> {
  const { expectedId } = creation
  const known = request.initiatedAs ?? (request.isRetry ? await creation.find?.() : undefined)
  if (known !== undefined) return { physicalId: known, created: {} }
  try {
    const created = await creation.create()
    const physicalId = creation.idOf(created)
    await request.initiated(physicalId)
    return { physicalId, created }
  } catch (error) {
    if (!request.isRetry || expectedId === undefined || !isConflict(error)) throw error
    await request.initiated(expectedId)
    return { physicalId: expectedId, created: {} }
  }
}
