// How AgentCore lets things be named. Source: the service model `bedrock-agentcore-control` 2023-06-05
// and the CloudFormation resource reference, AWS::BedrockAgentCore::*.
import { Token } from 'aws-cdk-lib'
import type { Problems } from './problems.ts'

interface NameRule {
  readonly pattern: RegExp
  readonly maxLength: number
  readonly words: string
}

const RULES = {
  gatewayName: {
    pattern: /^(?:[0-9a-zA-Z]-?)+$/,
    maxLength: 48,
    words: 'letters, digits and single hyphens after them',
  },
  targetName: {
    pattern: /^(?:[0-9a-zA-Z]-?)+$/,
    maxLength: 100,
    words: 'letters, digits and single hyphens after them',
  },
  runtimeName: {
    pattern: /^[a-zA-Z][a-zA-Z0-9_]*$/,
    maxLength: 48,
    words: 'letters, digits and underscores, beginning with a letter (no hyphen)',
  },
  credentialProviderName: {
    pattern: /^[a-zA-Z0-9\-_]+$/,
    maxLength: 128,
    words: 'letters, digits, hyphens and underscores',
  },
  workloadIdentityName: {
    pattern: /^[A-Za-z0-9_.-]{3,}$/,
    maxLength: 255,
    words: 'at least three letters, digits, hyphens, underscores and dots',
  },
} satisfies Record<string, NameRule>

/** `name`, or `instead` where it does not fit: the rest of the construct can then be checked, too. */
export function checkName(
  problems: Problems,
  rule: keyof typeof RULES,
  name: string,
  instead: string,
): string {
  if (Token.isUnresolved(name)) return name
  const { pattern, maxLength, words } = RULES[rule]
  if (pattern.test(name) && name.length <= maxLength) return name
  const length = name.length > maxLength ? ` (it has ${name.length} characters)` : ''
  problems.add(
    `${rule}: ${JSON.stringify(name)} must be 1 to ${maxLength} characters: ${words}${length}.`,
  )
  return instead
}

/** Descriptions of gateways, targets and runtimes: not empty, and not longer than `max` characters. */
export function checkDescription(
  problems: Problems,
  description: string | undefined,
  max: number,
): string | undefined {
  if (description === undefined || Token.isUnresolved(description)) return description
  if (description.length >= 1 && description.length <= max) return description
  problems.add(
    `description: must be 1 to ${max} characters; it has ${description.length} (leave it out for none).`,
  )
  return undefined
}
