// AWS's query protocol from the caller's side: a form goes out, XML comes back.
import { HostError, type HostErrorCode } from '../../../kernel/host-error.ts'
import { childOf, readXml, textOf, type XmlElement } from './read-xml.ts'
import { callSigned, type Connection } from './signed-call.ts'

/** Members by their dotted names; those that are undefined are not sent. */
export type Members = Readonly<Record<string, string | undefined>>

/** The result of an operation of CloudFormation; what the host refuses is thrown. */
export async function callQuery(
  connection: Connection,
  action: string,
  members: Members,
): Promise<XmlElement | undefined> {
  const form = new URLSearchParams({ Action: action, Version: '2010-05-15' })
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) form.set(name, value)
  }
  const { status, body } = await callSigned(connection, {
    service: 'cloudformation',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
  })
  if (status !== 200) throw readFault(status, body)
  return childOf(readXml(body), `${action}Result`)
}

/** `Capabilities.member.1=…`; an empty list is said to be one. */
export function listMembers(name: string, values: readonly string[]): Members {
  if (values.length === 0) return { [name]: '' }
  return Object.fromEntries(values.map((it, index) => [`${name}.member.${index + 1}`, it]))
}

/** `Tags.member.1.Key=…`; an empty list is said to be one. */
export function structureMembers(name: string, items: readonly Members[]): Members {
  if (items.length === 0) return { [name]: '' }
  return Object.fromEntries(
    items.flatMap((item, index) =>
      Object.entries(item).map(([key, value]) => [`${name}.member.${index + 1}.${key}`, value]),
    ),
  )
}

const CODES: Readonly<Record<string, HostErrorCode>> = {
  AlreadyExistsException: 'ERR_CONFLICT',
  AccessDenied: 'ERR_FORBIDDEN',
  InvalidClientTokenId: 'ERR_UNAUTHENTICATED',
  SignatureDoesNotMatch: 'ERR_UNAUTHENTICATED',
  LimitExceededException: 'ERR_LIMIT_EXCEEDED',
  Throttling: 'ERR_THROTTLED',
  TokenAlreadyExistsException: 'ERR_CONFLICT',
}

/** What the host refused, as one of our own refusals: its message is for the caller already. */
function readFault(status: number, body: string): HostError {
  const error = body.startsWith('<') ? childOf(readXml(body), 'Error') : undefined
  const code = textOf(error, 'Code') ?? ''
  const message = textOf(error, 'Message')
  const own = CODES[code] ?? (status < 500 ? 'ERR_INVALID_INPUT' : 'ERR_TARGET_FAILED')
  return new HostError(own, message || `The host answered ${status} ${code}`)
}
