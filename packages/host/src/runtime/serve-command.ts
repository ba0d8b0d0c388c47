// InvokeAgentRuntimeCommand (service model 2024-02-28): a shell command beside a session's server.
//
// The command runs in the session's own folder, with the environment that the server was given and
// PORT saying where the server really listens. At AWS it runs in the session's virtual machine, as the
// image's user; here as the user of the host.
import { sendAnswer, type Exchange } from '../http/exchange.ts'
import { admit } from './admit.ts'
import { CallerGone } from './caller-gone.ts'
import { MAX_COMMAND_BODY_BYTES } from './compat.ts'
import { asFault, RuntimeFault } from './fault.ts'
import { findRuntime, type RuntimeTarget } from './find-runtime.ts'
import { readAhead } from './read-ahead.ts'
import { runCommand } from './run-command.ts'
import { findOrOpenSession } from './select-session.ts'
import type { ServeContext } from './serve-context.ts'
import { readRuntimeSessionId, RUNTIME_SESSION_HEADER } from './session-ids.ts'

export interface RuntimeCommand {
  readonly command: string
  readonly timeoutMs: number
}

const MAX_COMMAND_CHARS = 65_536
const DEFAULT_TIMEOUT_S = 300
const MAX_TIMEOUT_S = 3_600

export async function serveCommand(
  exchange: Exchange,
  target: RuntimeTarget,
  context: ServeContext,
): Promise<void> {
  const { method, headers, request, response, requestId } = exchange
  const caller = await admit(exchange, target, 'InvokeAgentRuntimeCommand', context)
  caller.release()
  if (method !== 'POST') return sendAnswer(response, { status: 405, headers: { allow: 'POST' } })
  const { bytes, isWhole } = caller.body ?? (await readAhead(request, MAX_COMMAND_BODY_BYTES))
  if (!isWhole) throw new RuntimeFault('PayloadTooLarge', 'The command is too long')
  const command = readCommand(bytes.toString('utf8'))
  const { runtimes, sessions } = context
  findRuntime(target, runtimes) // it may have been deleted while the body came
  const session = findOrOpenSession(caller.scope, readRuntimeSessionId(headers), sessions)
  const call = sessions.begin(session)
  try {
    const { encodeCommandEvent, encodeCommandFault } = await import('./command-events.ts')
    // Last, so that nothing comes between a session that lives and the command that ends with it.
    const server = await sessions.processOf(session)
    call.isAnswering = true
    response.writeHead(200, {
      'content-type': 'application/vnd.amazon.eventstream',
      [RUNTIME_SESSION_HEADER]: session.runtimeSessionId,
      'x-amzn-requestid': requestId,
    })
    try {
      await runCommand(server.shell(command.command), command.timeoutMs, call, {
        response,
        write: (event) => response.write(encodeCommandEvent(event)),
      })
    } catch (error) {
      if (error instanceof CallerGone) throw error
      response.write(encodeCommandFault(asFault(error)))
    }
    response.end()
  } finally {
    sessions.finish(session, call)
  }
}

function readCommand(text: string): RuntimeCommand {
  const { command, timeout = DEFAULT_TIMEOUT_S } = readMembers(text)
  if (typeof command !== 'string' || command === '' || command.length > MAX_COMMAND_CHARS) {
    throw new RuntimeFault(
      'Validation',
      `command must be a text of 1 to ${MAX_COMMAND_CHARS} characters`,
    )
  }
  if (command.includes('\0')) {
    throw new RuntimeFault('Validation', 'command must not contain a zero character')
  }
  const seconds = Number(timeout)
  if (!Number.isInteger(timeout) || seconds < 1 || seconds > MAX_TIMEOUT_S) {
    throw new RuntimeFault(
      'Validation',
      `timeout must be a whole number from 1 to ${MAX_TIMEOUT_S}`,
    )
  }
  return { command, timeoutMs: seconds * 1_000 }
}

function readMembers(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // refused below: not JSON is as little a request as JSON of another kind
  }
  throw new RuntimeFault('Validation', 'The body must be a JSON object with the member command')
}
