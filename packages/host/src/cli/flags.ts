/** `catamaran up`, as commander hands it over. */
export interface UpFlags {
  readonly port?: number
  readonly dataDir?: string
  readonly json?: boolean
  readonly auth: boolean
}

/** `catamaran tools` and `catamaran call`. */
export interface CallFlags {
  readonly via: 'gateway' | 'runtime'
  readonly url?: string
  readonly json?: boolean
  readonly token?: string
}
