// The keys of a user pool for one kind of token. One signs; the next is published already, so that whoever reads the key set
// from time to time knows it before it signs; those that signed before stay published until the last
// token they signed has expired.
//
// Making an RSA key takes as long as starting the rest of the host. A pool therefore makes its keys
// once: the first in the background from the first moment, the next one when the start is over.
import type { KeyObject } from 'node:crypto'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import { createTurns } from '../kernel/turns.ts'
import type { Store } from '../store/store.ts'
import { MAX_VALIDITY_S } from './pool-client.ts'
import type { SigningKey } from './jwt.ts'
import {
  describePublicKey,
  generateStoredKeyPair,
  importPublicKey,
  openKeyPair,
  type StoredKeyPair,
} from './key-pair.ts'
import { KEYS_KIND } from './rows.ts'

export interface SigningKeys extends AsyncDisposable {
  current(): Promise<SigningKey>
  /** The public halves, the one that signs first. */
  published(): Promise<object[]>
  /** The public half of a key that is published, to verify a token of our own. */
  find(kid: string): Promise<KeyObject | undefined>
  /** The next key signs from now on, and another one is published in its place. */
  rotate(): Promise<void>
}

export interface SigningKeysOptions {
  readonly store: Store
  readonly sealer: Sealer
  /** The pool's id, with a suffix for another kind of token. */
  readonly rowId: string
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

/** Beyond this, rotating again waits until an old key's tokens have expired. */
const MAX_PREVIOUS = 16

interface OpenKeys {
  readonly stored: StoredKeys
  readonly signing: SigningKey
}

/** Loads the pool's keys. In a new pool they are being made, and everything that needs them waits. */
export async function startSigningKeys(options: SigningKeysOptions): Promise<SigningKeys> {
  const { store, sealer, rowId, now, log, nextKeyDelayMs } = options
  const stored = await store.get<StoredKeys>(KEYS_KIND, rowId)
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  const open = (keys: StoredKeys): OpenKeys => ({
    stored: keys,
    signing: openKeyPair(keys.current, sealer),
  })
  const save = async (keys: StoredKeys): Promise<OpenKeys> => {
    await store.put(KEYS_KIND, rowId, keys)
    return open(keys)
  }
  const create = async (): Promise<OpenKeys> => {
    const keys: StoredKeys = { current: await generateStoredKeyPair(sealer), previous: [] }
    if (await store.putIfAbsent(KEYS_KIND, rowId, keys)) return open(keys)
    return open((await store.get<StoredKeys>(KEYS_KIND, rowId)) ?? keys)
  }

  let opened = stored && open(stored)
  let opening: Promise<OpenKeys> | undefined
  const get = (): OpenKeys | Promise<OpenKeys> =>
    opened ??
    (opening ??= create()
      .then((keys) => (opened = keys))
      .finally(() => (opening = undefined)))

  // Each change waits for the one before, and requests go on with the keys as they are meanwhile.
  const inTurn = createTurns()
  const change = (work: (stored: StoredKeys) => Promise<StoredKeys>): Promise<void> =>
    inTurn(async () => {
      const { stored } = await get()
      opened = await save(await work(stored))
    })

  const addNext = async (stored: StoredKeys): Promise<StoredKeys> =>
    stored.next || isStopped ? stored : { ...stored, next: await generateStoredKeyPair(sealer) }
  const scheduleNext = ({ stored }: OpenKeys) => {
    if (isStopped || stored.next) return
    timer = setTimeout(() => {
      change(addNext).catch((error: unknown) =>
        log.error('The next signing key cannot be made', {
          keys: rowId,
          error: errorMessage(error),
        }),
      )
    }, nextKeyDelayMs)
    timer.unref()
  }
  const first = Promise.resolve(get()).then(scheduleNext, () => {}) // tried again by who needs it

  const published = async (): Promise<readonly StoredKeyPair[]> => {
    const { current, next, previous } = (await get()).stored
    const alive = previous.filter(({ publishedUntil }) => publishedUntil > now())
    return [current, ...(next ? [next] : []), ...alive]
  }

  return {
    current: async () => (await get()).signing,
    published: async () => (await published()).map(describePublicKey),
    async find(kid) {
      const pair = (await published()).find((it) => it.kid === kid)
      return pair && importPublicKey(pair)
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
      await Promise.all([first, inTurn(async () => {})])
    },
  }
}
