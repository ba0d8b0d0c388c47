/** What a runtime client reports of an error; the Runtime API calls the last member `stackTrace`. */
export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly stackTrace: readonly string[]
}

const HERE = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1)

/** An error of the runtime client itself, under the name the official client gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = `Runtime.${name}`
    const stack = cause instanceof Error ? cause.stack : undefined
    if (stack !== undefined) this.stack = stack
  }
}

/** Any thrown value in the members the official Node.js client sends; never throws itself. */
export function describeError(thrown: unknown): FunctionError {
  try {
    if (!isError(thrown)) {
      return { errorType: typeof thrown, errorMessage: String(thrown), stackTrace: [] }
    }
    // What only looks like an error may have members of any type.
    const { name, message, stack } = thrown as Record<'name' | 'message' | 'stack', unknown>
    return {
      errorType: String(name),
      errorMessage: String(message),
      stackTrace: ownFrames(typeof stack === 'string' ? stack : ''),
    }
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack'
    return { errorType: 'handled', errorMessage, stackTrace: [] }
  }
}

/** Up to where our own frames begin: what called the handler says nothing to its author. */
function ownFrames(stack: string): readonly string[] {
  const lines = stack.split('\n')
  const end = lines.findIndex((line) => line.includes(HERE))
  return end === -1 ? lines : lines.slice(0, end)
}

/** Also an error of another realm, which is not an instance of ours. */
function isError(value: unknown): value is Error {
  return (
    value instanceof Error ||
    (typeof value === 'object' &&
      value !== null &&
      'name' in value &&
      'message' in value &&
      'stack' in value)
  )
}
