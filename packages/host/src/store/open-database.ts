import { silentLog, type Log } from '../kernel/log.ts'
import { isPostgresUrl } from './database-location.ts'
import { lockFile } from './file-lock.ts'
import { openStore, type Store } from './store.ts'

/**
 * Opens a host's database, for this host alone: a file (`:memory:` keeps nothing) or a `postgres://` URL.
 * When another host has it, the refusal says which.
 */
export async function openDatabase(
  location: string,
  { log = silentLog }: { readonly log?: Log } = {},
): Promise<Store> {
  if (isPostgresUrl(location)) {
    const { openPostgresStore } = await import('./postgres-store.ts')
    return openPostgresStore(location, log)
  }
  return location === ':memory:' ? openStore(location) : openLockedStore(location)
}

async function openLockedStore(file: string): Promise<Store> {
  const lock = await lockFile(file)
  try {
    const store = openStore(file)
    const close = async () => {
      await store[Symbol.asyncDispose]()
      await lock[Symbol.asyncDispose]()
    }
    return { ...store, [Symbol.asyncDispose]: close }
  } catch (error) {
    await lock[Symbol.asyncDispose]()
    throw error
  }
}
