import type { Scope } from '../kernel/scope.ts'
import type { Secret } from './secret.ts'

/** What the operator decided before the start: whole, and the same for `up` and `serve`. */
export interface HostSettings {
  readonly listen: {
    readonly host: string
    /** The first of these that is free; 0 takes any. */
    readonly ports: readonly number[]
    /** Present: the listener speaks TLS itself. */
    readonly tls?: TlsIdentity
  }
  /** Scheme and authority under which others reach this host; absent: what it listens on. */
  readonly publicUrl?: string
  readonly allowed: { readonly hosts: readonly string[]; readonly origins: readonly string[] }
  readonly dataDir: string
  /** A `postgres://` URL (it may hold a password); absent: a database file in `dataDir`. */
  readonly database?: Secret
  /** 32 bytes in base64 or hex; absent: `dataDir/master.key`, made at the first start. */
  readonly masterKey?: Secret
  /** Present: every signature is verified with these keys. Absent: well-formed ones are accepted. */
  readonly accessKeys?: readonly AccessKey[]
  /** False opens every gateway and runtime of the app to anybody who reaches the port. */
  readonly auth: boolean
  readonly issuer: {
    /** Answers as Cognito does, without what MCP clients wish for beyond it. */
    readonly strictCognito: boolean
    /** The sign-in page of the host's own pool has a button for whoever sits at this machine. */
    readonly developerSignIn: boolean
  }
  readonly outbound: {
    /** Targets, issuers and token endpoints may be on this machine. */
    readonly allowLoopback: boolean
  }
  readonly limits: { readonly maxSessions: number; readonly maxConcurrency: number }
  readonly artifacts: {
    /** `file://` locations of code are read, not only local buckets. */
    readonly allowFiles: boolean
  }
  readonly identity: {
    /** A workload identity that a client asks for is made when it is missing. */
    readonly createMissing: boolean
  }
}

/** A certificate chain and its key, both as PEM. */
export interface TlsIdentity {
  readonly certificate: string
  readonly key: Secret
}

/** One AWS access key that may sign requests, and whom it stands for. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
  readonly accountId: Scope['accountId']
  /** The IAM identity behind it; absent: the account's root. */
  readonly arn?: string
}
