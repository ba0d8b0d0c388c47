// Identifiers as the service models spell them (bedrock-agentcore-control 2023-06-05, lambda
// 2015-03-31). Branded, so that one kind of id cannot be passed where another belongs.
import { randomBytes } from 'node:crypto'
import { DEFAULT_SCOPE, type Scope } from './scope.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type GatewayId = Branded<'GatewayId'>
export type TargetId = Branded<'TargetId'>
export type AgentRuntimeId = Branded<'AgentRuntimeId'>

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const MIXED = `${UPPER}abcdefghijklmnopqrstuvwxyz`

const GATEWAY_ID = /^(?:[0-9a-z]-?){1,100}-[0-9a-z]{10}$/
const AGENT_RUNTIME_ID = /^[a-zA-Z][a-zA-Z0-9_]{0,99}-[a-zA-Z0-9]{10}$/

/** `length` characters drawn evenly from `alphabet`, unguessable. */
export function randomText(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}

/** A new gateway id: the lower-cased name, a hyphen and ten lower-case alphanumerics. */
export function createGatewayId(name: string): GatewayId {
  return `${name.toLowerCase()}-${randomText(LOWER, 10)}` as GatewayId
}

/** The text as a gateway identifier, or undefined when the service model would refuse it. */
export function parseGatewayId(text: string): GatewayId | undefined {
  return text.length <= 111 && GATEWAY_ID.test(text) ? (text as GatewayId) : undefined
}

/** A new target id: ten upper-case alphanumerics, as seen in practice. */
export function createTargetId(): TargetId {
  return randomText(UPPER, 10) as TargetId
}

/** A new agent runtime id: the name, a hyphen and ten alphanumerics. */
export function createAgentRuntimeId(name: string): AgentRuntimeId {
  return `${name}-${randomText(MIXED, 10)}` as AgentRuntimeId
}

/** The text as an agent runtime id, or undefined when the service model would refuse it. */
export function parseAgentRuntimeId(text: string): AgentRuntimeId | undefined {
  return AGENT_RUNTIME_ID.test(text) ? (text as AgentRuntimeId) : undefined
}

export function gatewayArn(id: GatewayId, { region, accountId } = DEFAULT_SCOPE): string {
  return `arn:aws:bedrock-agentcore:${region}:${accountId}:gateway/${id}`
}

export function agentRuntimeArn(id: AgentRuntimeId, { region, accountId } = DEFAULT_SCOPE): string {
  return `arn:aws:bedrock-agentcore:${region}:${accountId}:runtime/${id}`
}

export function workloadIdentityArn(name: string, { region, accountId }: Scope): string {
  return `arn:aws:bedrock-agentcore:${region}:${accountId}:workload-identity-directory/default/workload-identity/${name}`
}

export function functionArn(functionName: string, { region, accountId } = DEFAULT_SCOPE): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}`
}
