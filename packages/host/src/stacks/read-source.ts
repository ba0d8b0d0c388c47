import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Engine } from './engine.ts'
import type { TemplateSource } from './stacks.ts'

/** "CloudFormation quotas": a body in the request, and one in a bucket. */
const MAX_BODY = 51_200
const MAX_FILE = 1_048_576

/** The text of a template that a request gives, or names. */
export async function readSource(
  { readTemplateUrl }: Engine,
  scope: Scope,
  { templateBody, templateUrl }: TemplateSource,
): Promise<string> {
  if (templateBody !== undefined && templateUrl !== undefined) {
    throw refuse('Only one of TemplateBody or TemplateURL may be specified')
  }
  if (templateBody !== undefined) {
    if (Buffer.byteLength(templateBody) <= MAX_BODY) return templateBody
    throw refuse(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY}`,
    )
  }
  if (templateUrl === undefined) {
    throw refuse('Either Template URL or Template Body must be specified.')
  }
  const text = await readTemplateUrl(scope, templateUrl)
  if (Buffer.byteLength(text) <= MAX_FILE) return text
  throw refuse(`Template may not exceed ${MAX_FILE} bytes in size.`)
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
