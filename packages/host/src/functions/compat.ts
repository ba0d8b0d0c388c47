// Values that the Lambda documentation does not state, and one that it states only in the code of
// its emulator. A capture of the real service changes a line here and nothing else.

/** Errors of the platform itself carry this type; the emulator's code spells it `Sandbox.Timeout`. */
export const INIT_TIMEOUT_ERROR_TYPE = 'Sandbox.Timedout'

/** An invocation without a body reaches the handler as this event. */
export const EMPTY_EVENT = '{}'

/** The Runtime API takes 6 MiB and 100 bytes more, in both directions. */
export const MAX_PAYLOAD_BYTES = 6_291_556

/** What leaving in the middle of an init is called. */
export const EXIT_ERROR_TYPE = 'Runtime.ExitError'

/** A program that cannot be started at all. */
export const ENTRYPOINT_ERROR_TYPE = 'Runtime.InvalidEntrypoint'
