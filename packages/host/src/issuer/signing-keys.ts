// The keys of a user pool. One signs; the next is published already, so that whoever reads the key set
// from time to time knows it before it signs; those that signed before stay published until the last
// token they signed has expired.
//
// Making an RSA key takes as long as starting the rest of the host. A pool therefore makes its keys
// once: the first in the background from the first moment, the next one when the start is over.
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import type { SigningKey } from './access-token.ts'
import {
  describePublicKey,
  generateStoredKeyPair,
  openKeyPair,
  type StoredKeyPair,
} from './key-pair.ts'
import { MAX_VALIDITY_S } from './pool-clients.ts'

export interface SigningKeys extends AsyncDisposable {
  current(): Promise<SigningKey>
  /** The public halves, the one that signs first. */
  published(): Promise<object[]>
  /** The next key signs from now on, and another one is published in its place. */
  rotate(): Promise<void>
}

export interface SigningKeysOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly poolId: string
  readonly now: () => number
  readonly log: Log
  /** How long after the first key the next one is made. */
  readonly nextKeyDelayMs: number
}

interface StoredKeys {
  readonly current: StoredKeyPair
  readonly next?: StoredKeyPair
  readonly previous: readonly (StoredKeyPair & { readonly publishedUntil: number })[]
}

const KIND = 'issuer-keys'
/** Beyond this, rotating again waits until an old key's tokens have expired. */
const MAX_PREVIOUS = 16

interface OpenKeys {
  readonly stored: StoredKeys
  readonly signing: SigningKey
}

/** Loads the pool's keys. In a new pool they are being made, and everything that needs them waits. */
export async function startSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const { store, sealer, poolId, now, log, nextKeyDelayMs } = options
  const stored = await store.get<StoredKeys>(KIND, poolId)
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const open = (keys: StoredKeys): OpenKeys => ({
    stored: keys,
    signing: openKeyPair(keys.current, sealer),
  })
  const save = async (keys: StoredKeys): Promise<OpenKeys> => {
    await store.put(KIND, poolId, keys)
    return open(keys)
  }
  const create = async (): Promise<OpenKeys> => {
    const keys: StoredKeys = { current: await generateStoredKeyPair(sealer), previous: [] }
    if (await store.putIfAbsent(KIND, poolId, keys)) return open(keys)
    return open((await store.get<StoredKeys>(KIND, poolId)) ?? keys)
  }

  let opened = stored && open(stored)
  let opening: Promise<OpenKeys> | undefined
  const get = (): OpenKeys | Promise<OpenKeys> =>
    opened ??
    (opening ??= create()
      .then((keys) => (opened = keys))
      .finally(() => (opening = undefined)))

  // Each change waits for the one before, and requests go on with the keys as they are meanwhile.
  let lastChange: Promise<unknown> = Promise.resolve()
  const change = (work: (stored: StoredKeys) => Promise<StoredKeys>): Promise<void> => {
    const done = lastChange.then(async () => {
      const { stored } = await get()
      opened = await save(await work(stored))
    })
    lastChange = done.catch(() => {}) // the one who asked for it is told; the keys are as before
    return done
  }

  const addNext = async (stored: StoredKeys): Promise<StoredKeys> =>
    stored.next || isStopped ? stored : { ...stored, next: await generateStoredKeyPair(sealer) }
  const scheduleNext = ({ stored }: OpenKeys) => {
    if (isStopped || stored.next) return
    timer = setTimeout(() => {
      change(addNext).catch((error: unknown) =>
        log.error('The next signing key cannot be made', { poolId, error: errorMessage(error) }),
      )
    }, nextKeyDelayMs)
    timer.unref()
  }
  const first = Promise.resolve(get()).then(scheduleNext, () => {}) // tried again by who needs it

  return {
    current: async () => (await get()).signing,
    async published() {
      const { current, next, previous } = (await get()).stored
      const alive = previous.filter(({ publishedUntil }) => publishedUntil > now())
      return [current, ...(next ? [next] : []), ...alive].map(describePublicKey)
    },
    rotate: () =>
      change(async (stored) => {
        const { current, next = await generateStoredKeyPair(sealer) } = stored
        const alive = stored.previous.filter(({ publishedUntil }) => publishedUntil > now())
        if (alive.length >= MAX_PREVIOUS) {
          const message = `Keys were rotated ${MAX_PREVIOUS} times within a day; the oldest must expire first`
          throw new HostError('ERR_LIMIT_EXCEEDED', message)
        }
        const publishedUntil = now() + MAX_VALIDITY_S * 1_000
        return {
          current: next,
          next: await generateStoredKeyPair(sealer),
          previous: [{ ...current, publishedUntil }, ...alive],
        }
      }),
    async [Symbol.asyncDispose]() {
      isStopped = true
      clearTimeout(timer)
      await Promise.all([first, lastChange])
    },
  }
}
