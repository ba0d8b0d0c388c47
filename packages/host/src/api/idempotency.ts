// Client tokens (AgentCore control plane): the same token with the same input gets the same answer,
// for 24 hours and across restarts; with another input it is refused. While the first call runs, the
// others wait for it. Failures are not remembered: the caller may try again.
//
// What is remembered may hold secrets, so the whole of it is sealed, the input only as a hash. A host
// killed between doing the work and remembering it has given no answer yet; the repeated call then
// finds what the first one made, which for a create is a ConflictException.
import { createHash } from 'node:crypto'
import { AwsFault } from '../aws/aws-fault.ts'
import type { WireAnswer } from '../aws/codec.ts'
import type { Operation } from '../aws/service-model.ts'
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'

export interface Idempotency {
  /** Does the work once for every token and caller, and answers the same to every call. */
  once(call: TokenCall, work: () => Promise<WireAnswer>): Promise<WireAnswer>
}

export interface TokenCall {
  /** Operation and scope: the same text from another account is another token. */
  readonly owner: string
  readonly token: string
  readonly input: object
}

export interface IdempotencyOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly log: Log
  readonly now?: () => Date
}

const KIND = 'idempotency-token'
/** AgentCore does not document how long it remembers; 24 hours is what other services say. */
const RETENTION_MS = 24 * 3_600_000
const PRUNE_EVERY_MS = 3_600_000

interface Row {
  readonly id: string
  readonly expiresAt: number
  readonly sealed: string
}

interface Remembered {
  readonly fingerprint: string
  readonly answer: WireAnswer
}

/** The token of an operation that creates or changes something; others may simply be repeated. */
export function findClientToken({ name, input }: Operation): string | undefined {
  const isChange = /^(?:BatchPut|Create|Delete|Start|Update)[A-Z]/.test(name)
  return isChange && input?.members.get('clientToken')?.isIdempotencyToken
    ? 'clientToken'
    : undefined
}

export function createIdempotency(options: IdempotencyOptions): Idempotency {
  const { store, sealer, log, now = () => new Date() } = options
  const running = new Map<string, { fingerprint: string; answer: Promise<WireAnswer> }>()
  let prunedAt = 0

  async function once({ owner, token, input }: TokenCall, work: () => Promise<WireAnswer>) {
    const id = hash([owner, token])
    const fingerprint = hash(input)
    const first = running.get(id)
    if (first !== undefined) return sameInput(first, fingerprint).answer
    const answer = answerOnce(id, fingerprint, work)
    running.set(id, { fingerprint, answer })
    try {
      return await answer
    } finally {
      running.delete(id)
    }
  }

  async function answerOnce(id: string, fingerprint: string, work: () => Promise<WireAnswer>) {
    const known = await recall(id)
    if (known !== undefined) return sameInput(known, fingerprint).answer
    const answer = await work()
    try {
      await remember(id, { fingerprint, answer })
    } catch (error) {
      // the work is done and the caller should hear so
      log.error('A client token could not be remembered', { cause: errorMessage(error) })
    }
    return answer
  }

  async function recall(id: string): Promise<Remembered | undefined> {
    const row = await store.get<Row>(KIND, id)
    if (row === undefined || row.expiresAt <= now().getTime()) return undefined
    return JSON.parse(sealer.open(row.sealed, `${KIND}/${id}`)) as Remembered
  }

  async function remember(id: string, remembered: Remembered): Promise<void> {
    const sealed = sealer.seal(JSON.stringify(remembered), `${KIND}/${id}`)
    const expiresAt = now().getTime() + RETENTION_MS
    await store.put(KIND, id, { id, expiresAt, sealed } satisfies Row)
    await prune()
  }

  async function prune(): Promise<void> {
    const time = now().getTime()
    if (time - prunedAt < PRUNE_EVERY_MS) return
    prunedAt = time
    const rows = await store.list<Row>(KIND)
    const expired = rows.filter(({ expiresAt }) => expiresAt <= time)
    if (expired.length > 0) await store.write(expired.map(({ id }) => ({ kind: KIND, id })))
  }

  return { once }
}

function sameInput<Known extends { readonly fingerprint: string }>(
  known: Known,
  fingerprint: string,
): Known {
  if (known.fingerprint === fingerprint) return known
  throw new AwsFault(
    'ValidationException',
    400,
    'The client token was used before, with other parameters',
    { members: { reason: 'IdempotentParameterMismatchException' } },
  )
}

function hash(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
