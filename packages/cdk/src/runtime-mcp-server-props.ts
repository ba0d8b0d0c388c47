import type { Duration, aws_bedrockagentcore, aws_ecr } from 'aws-cdk-lib'
import type { McpServerProps } from './mcp-server-props.ts'

/** A folder of code that AgentCore Runtime starts without a container (direct code deployment). */
export interface DirectCode {
  /** The folder, with all dependencies inside. */
  readonly path: string
  /** The file to start, perhaps after a launcher: `['opentelemetry-instrument', 'main.py']`. */
  readonly entryPoint: readonly string[]
  /** @default AgentCoreRuntime.NODE_22 */
  readonly runtime?: aws_bedrockagentcore.AgentCoreRuntime
}

/** An image that is in a repository already, or will be when the runtime is made. */
export interface ImageInRepository {
  readonly repository: aws_ecr.IRepository
  readonly tag: string
}

export interface RuntimeMcpServerProps extends McpServerProps {
  /**
   * Existing code instead of `entry`: a folder with a program that serves MCP on port 8000, path /mcp.
   *
   * @default - `entry` is bundled
   */
  readonly code?: DirectCode

  /**
   * A folder with a Dockerfile instead of `entry`. The image is built for linux/arm64 when the app is
   * deployed, by Docker on the machine that deploys; synthesis needs none.
   *
   * @default - `entry` is bundled
   */
  readonly container?: string

  /**
   * An image instead of `entry`, e.g. of `deploy-time-build`, which needs no Docker at all:
   * `{ repository: image.repository, tag: image.imageTag }`.
   *
   * @default - `entry` is bundled
   */
  readonly image?: ImageInRepository

  /**
   * 1 to 48 letters, digits and underscores, beginning with a letter; unique in the account and Region.
   *
   * @default - a name from the construct's path
   */
  readonly runtimeName?: string

  /**
   * A session without requests ends after this time: 1 minute to 8 hours.
   *
   * @default Duration.minutes(15)
   */
  readonly idleTimeout?: Duration

  /**
   * A session ends after this time in any case: 1 minute to 8 hours, not before `idleTimeout`.
   *
   * @default Duration.hours(8)
   */
  readonly maxLifetime?: Duration

  /**
   * Request headers that reach the server, at most 20. `Authorization` lets tools know who calls.
   *
   * @default - none but MCP's own
   */
  readonly requestHeaders?: readonly string[]

  /**
   * `PlatformVersion.V2` starts sessions faster.
   *
   * @default - the service's default
   */
  readonly platformVersion?: aws_bedrockagentcore.PlatformVersion
}
