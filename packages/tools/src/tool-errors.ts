// Their names are part of the contract: Lambda reports the name of what a handler throws as
// `errorType` (Lambda Runtime API, invocation error).

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** The arguments do not fit the tool's input; the message tells a model what to change. */
export class InvalidArguments extends Error {
  override readonly name = 'InvalidArguments'

  constructor(toolName: string, issues: readonly Issue[]) {
    super(`Invalid arguments for ${toolName}:\n${describeIssues(issues)}`)
  }
}

/** The handler returned something that its own output schema does not allow. */
export class InvalidResult extends Error {
  override readonly name = 'InvalidResult'

  constructor(toolName: string, issues: readonly Issue[]) {
    super(`${toolName} returned what its output does not allow:\n${describeIssues(issues)}`)
  }
}

/** A call that names no tool of this server. */
export class UnknownTool extends Error {
  override readonly name = 'UnknownTool'
}

function describeIssues(issues: readonly Issue[]): string {
  return issues
    .map(
      ({ path, message }) =>
        `- ${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
    )
    .join('\n')
}
