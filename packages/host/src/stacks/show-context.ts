import type { Json } from './json.ts'
import { UNKNOWN } from './resource-type.ts'
import type { PlannedInstance } from './stack-record.ts'

/** What CloudFormation's change sets write for values that only the execution will know. */
const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}'

/** Properties as change sets show them; what is not to be seen is not there. */
export function showContext({ properties, shown = properties, metadata }: PlannedInstance): string {
  const hasMetadata = Object.keys(metadata).length > 0
  return showJson({ Properties: shown, ...(hasMetadata && { Metadata: metadata }) })
}

/** A text as it is, anything else as JSON. */
export function showValue(value: Json): string {
  return typeof value === 'string' ? value.replaceAll(UNKNOWN, LATER) : showJson(value)
}

function showJson(value: Json): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' ? member.replaceAll(UNKNOWN, LATER) : member,
  )
}
