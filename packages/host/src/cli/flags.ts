/** `catamaran up`, as commander hands it over. */
export interface UpFlags {
  readonly port?: number
  readonly dataDir?: string
  readonly json?: boolean
  readonly auth: boolean
  readonly database?: string
  readonly empty?: boolean
}

/** `catamaran tools` and `catamaran call`. */
export interface CallFlags {
  readonly via: 'gateway' | 'runtime'
  readonly url?: string
  readonly json?: boolean
  readonly token?: string
}

/** Which host, and for which account and Region. */
export interface ScopeFlags {
  readonly url?: string
  readonly region?: string
  readonly account?: string
}

/** `catamaran exec`. */
export interface ExecFlags extends ScopeFlags {
  readonly app?: string
  readonly offline?: boolean
}

export const SHELLS = ['sh', 'fish', 'powershell', 'json'] as const
export type Shell = (typeof SHELLS)[number]

/** `catamaran env`. */
export interface EnvFlags extends ScopeFlags {
  readonly shell: Shell
  readonly json?: boolean
}

/** `catamaran serve`, besides the settings themselves. */
export interface ServeFlags {
  readonly config?: string
  readonly check?: boolean
}
