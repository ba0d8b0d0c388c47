import { readFile, stat } from 'node:fs/promises'
import type { Objects } from '../code/object-store.ts'
import type { ObjectReader } from '../gateway/read-tool-document.ts'
import { HostError } from '../kernel/host-error.ts'

/** Documents in local buckets, as gateways ask for them. */
export function objectReader(objects: Objects): ObjectReader {
  return {
    async readObject({ uri }, owner, maxBytes) {
      const file = await objects.resolveUri(uri, owner)
      const { size } = await stat(file)
      if (size <= maxBytes) return readFile(file)
      throw new HostError('ERR_INVALID_INPUT', `${uri} has more than ${maxBytes} bytes`)
    },
  }
}
