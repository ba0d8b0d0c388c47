import type { EnvironmentProps } from './hull-environment.ts'
import type { IMcpAuthorizer } from './mcp-authorizer.ts'
import type { aws_cloudwatch, aws_logs } from 'aws-cdk-lib'

/** What both hulls of a server have in common. */
export interface McpServerProps extends EnvironmentProps {
  /**
   * A `defineServer` file (`.ts` or `.js`): its default export is the server. It is bundled with all it
   * imports when the app is synthesised, without Docker. The path is relative to the working directory,
   * so `join(import.meta.dirname, 'server.ts')` is a good habit.
   *
   * @default - existing code
   */
  readonly entry?: string

  /**
   * Who may call.
   *
   * @default - a new `CognitoM2M`: programs, with tokens from a client secret
   */
  readonly authorizer?: IMcpAuthorizer

  /**
   * Said about the server in the console and in lists. 1 to 200 characters.
   *
   * @default - none
   */
  readonly description?: string

  /**
   * How long logs are kept. The log groups are part of the stack and go with it.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: aws_logs.RetentionDays

  /**
   * Sends traces to AWS X-Ray. The account needs CloudWatch Transaction Search once (AgentCore developer
   * guide, Observability).
   *
   * @default false
   */
  readonly tracing?: boolean

  /**
   * CloudWatch alarms on errors and throttling, and on functions that come close to their time limit.
   *
   * @default - none
   */
  readonly alarms?: McpAlarmProps
}

export interface McpAlarmProps {
  /**
   * What happens when one of them goes off, e.g. `new SnsAction(topic)`.
   *
   * @default - the alarms are only shown
   */
  readonly actions?: readonly aws_cloudwatch.IAlarmAction[]

  /**
   * Errors (or throttled requests) within five minutes that are one too many.
   *
   * @default 1
   */
  readonly threshold?: number
}
