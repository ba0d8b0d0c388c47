import type { HostSettings } from './host-settings.ts'

interface LocalOptions {
  readonly dataDir: string
  readonly ports: readonly number[]
  readonly auth: boolean
}

/** The settings of a host for one person's own machine: `up`, tests. Loopback only, and trusting. */
export function localSettings({ dataDir, ports, auth }: LocalOptions): HostSettings {
  return {
    listen: { host: '127.0.0.1', ports },
    allowed: { hosts: [], origins: [] },
    dataDir,
    auth,
    issuer: { strictCognito: false, developerSignIn: true },
    outbound: { allowLoopback: true },
    limits: { maxSessions: 200, maxConcurrency: 64 },
    artifacts: { allowFiles: true },
    identity: { createMissing: true },
  }
}
