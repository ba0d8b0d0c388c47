/**
 * What an app file (`catamaran.app.ts` or `.json`) describes, with the vocabulary of the AWS
 * resources. Paths are relative to the app file. Times are in seconds and memory in megabytes, as in
 * the AWS shapes.
 */
export interface AppDefinition {
  readonly functions?: Readonly<Record<string, FunctionDefinition>>
  readonly gateways?: Readonly<Record<string, GatewayDefinition>>
  readonly runtimes?: Readonly<Record<string, RuntimeDefinition>>
}

/** A Lambda function. */
export interface FunctionDefinition {
  /** `nodejs24.x`, `python3.13`, `provided.al2023` …; the local interpreter of that family runs it. */
  readonly runtime: string
  readonly handler?: string
  /** Folder with the code. Default: the app file's own. */
  readonly code?: string
  /** Folders laid out like a layer (`python/`, `nodejs/node_modules/`, `bin/`); later ones win. */
  readonly layers?: readonly string[]
  /** A `requirements.txt`, installed once by the host. */
  readonly requirements?: string
  /** Seconds, 1–900. Default 3, as on Lambda. */
  readonly timeout?: number
  /** Megabytes, 128–10240. Default 128. */
  readonly memorySize?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly reservedConcurrentExecutions?: number
}

/** A gateway and its targets. */
export interface GatewayDefinition {
  readonly description?: string
  /** Default: `CUSTOM_JWT` with the host's own issuer (`NONE` under `--no-auth`). */
  readonly authorizerType?: 'CUSTOM_JWT' | 'NONE'
  readonly authorizerConfiguration?: AuthorizerDefinition
  /** Default: `DEBUG`, because here the one who calls is the one who repairs. */
  readonly exceptionLevel?: 'DEBUG' | 'NONE'
  readonly protocolConfiguration?: {
    readonly mcp?: {
      readonly supportedVersions?: readonly string[]
      readonly instructions?: string
    }
  }
  readonly targets: Readonly<Record<string, TargetDefinition>>
}

/** A gateway target: a function and the tools it offers. */
export interface TargetDefinition {
  readonly description?: string
  readonly lambda: {
    /** A name under `functions`. */
    readonly function: string
    /** Left out for a `defineServer` file: the function is asked. */
    readonly toolSchema?: readonly object[]
  }
}

/** An MCP server process: a command, or a `defineServer` file. */
export interface RuntimeDefinition {
  readonly command?: readonly string[]
  readonly server?: string
  /** Folder the command starts in. Default: the app file's own. */
  readonly code?: string
  readonly requirements?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly protocol?: 'MCP'
  readonly lifecycle?: {
    /** Seconds, 60–28800. Default 900. */
    readonly idleRuntimeSessionTimeout?: number
    /** Seconds, 60–28800. Default 28800. */
    readonly maxLifetime?: number
  }
  readonly authorizerConfiguration?: AuthorizerDefinition
  readonly requestHeaderAllowlist?: readonly string[]
}

export interface AuthorizerDefinition {
  readonly customJWTAuthorizer: {
    readonly discoveryUrl: string
    readonly allowedAudience?: readonly string[]
    readonly allowedClients?: readonly string[]
    readonly allowedScopes?: readonly string[]
    readonly advertisedScopeMapping?: Readonly<Record<string, string>>
    readonly customClaims?: readonly object[]
  }
}
