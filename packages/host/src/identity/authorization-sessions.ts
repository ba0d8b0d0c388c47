import { randomBytes } from 'node:crypto'
import { HostError } from '../kernel/host-error.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'
import type { AuthorizationSession, SessionSecrets, SessionState } from './authorization-session.ts'
import { AUTHORIZATION_LIFETIME_MS, MAX_OPEN_SESSIONS, SESSION_MEMORY_MS } from './compat.ts'

/** Sessions, held in memory with their secrets sealed; the store is written first. */
export interface AuthorizationSessions {
  create(session: NewSession): Promise<AuthorizationSession>
  find(id: string): AuthorizationSession | undefined
  openSecrets(session: AuthorizationSession): SessionSecrets
  sealCode(session: AuthorizationSession, code: string): string
  openCode(session: AuthorizationSession, sealedCode: string): string
  /** `others` are written with it. */
  move(
    session: AuthorizationSession,
    state: SessionState,
    others?: readonly StoreChange[],
  ): Promise<void>
  describeRemovals(credentialProviderArn: string): {
    readonly changes: readonly StoreChange[]
    commit(): void
  }
  isExpired(session: AuthorizationSession): boolean
}

export type NewSession = Pick<
  AuthorizationSession,
  'scope' | 'workloadIdentityArn' | 'providerName' | 'credentialProviderArn' | 'tokenKey'
> & { readonly secrets: Omit<SessionSecrets, 'state' | 'codeVerifier'> }

const KIND = 'authorization-session'

export async function loadAuthorizationSessions(
  store: Store,
  sealer: Sealer,
  now: () => number,
): Promise<AuthorizationSessions> {
  const rows = await store.list<AuthorizationSession>(KIND)
  const sessions = new Map(rows.map((session) => [session.id, session]))
  const contextOf = (id: string) => `${KIND}/${id}`
  const isForgotten = ({ expiresAtMs }: AuthorizationSession) =>
    expiresAtMs + SESSION_MEMORY_MS <= now()

  const forgetOld = async () => {
    for (const session of sessions.values()) {
      if (!isForgotten(session)) break // they are in the order of creation
      await store.delete(KIND, session.id)
      sessions.delete(session.id)
    }
  }
  const put = async (session: AuthorizationSession, others: readonly StoreChange[]) => {
    await store.write([...others, { kind: KIND, id: session.id, value: session }])
    sessions.set(session.id, session)
  }

  return {
    async create({ secrets, ...facts }) {
      await forgetOld()
      if (sessions.size >= MAX_OPEN_SESSIONS) {
        throw new HostError('ERR_THROTTLED', 'Too many authorizations are open; try again later')
      }
      const id = randomText()
      // The state finds its session by itself; the part after the id is what nobody can guess.
      const whole: SessionSecrets = {
        ...secrets,
        state: `${id}.${randomText()}`,
        codeVerifier: randomText(),
      }
      const session: AuthorizationSession = {
        ...facts,
        id,
        expiresAtMs: now() + AUTHORIZATION_LIFETIME_MS,
        sealedSecrets: sealer.seal(JSON.stringify(whole), contextOf(id)),
        state: { phase: 'open' },
      }
      await put(session, [])
      return session
    },
    find: (id) => sessions.get(id),
    openSecrets: ({ id, sealedSecrets }) =>
      JSON.parse(sealer.open(sealedSecrets, contextOf(id))) as SessionSecrets,
    sealCode: ({ id }, code) => sealer.seal(code, contextOf(id)),
    openCode: ({ id }, sealedCode) => sealer.open(sealedCode, contextOf(id)),
    move: (session, state, others = []) => put({ ...session, state }, others),
    describeRemovals(credentialProviderArn) {
      const removed = [...sessions.values()].filter(
        (session) => session.credentialProviderArn === credentialProviderArn,
      )
      return {
        changes: removed.map(({ id }) => ({ kind: KIND, id })),
        commit: () => removed.forEach(({ id }) => sessions.delete(id)),
      }
    },
    isExpired: ({ expiresAtMs }) => expiresAtMs <= now(),
  }
}

/** 256 bits; also the length and the alphabet of a code verifier (RFC 7636 §4.1). */
function randomText(): string {
  return randomBytes(32).toString('base64url')
}
