/**
 * A refusal in the words of one AWS service, for what a `HostError` cannot say: a modelled error of
 * its own, or members beside the message. The message is written for the caller.
 */
export class AwsFault extends Error {
  override readonly name = 'AwsFault'
  /** As in the service model, for instance `ResourceConflictException`. */
  readonly errorName: string
  readonly status: number
  /** Members beside `message`, as the model spells them. */
  readonly members: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    errorName: string,
    status: number,
    message: string,
    options: {
      readonly members?: Readonly<Record<string, unknown>>
      readonly headers?: Readonly<Record<string, string>>
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause: options.cause })
    this.errorName = errorName
    this.status = status
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }
}
