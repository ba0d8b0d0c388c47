import { HostError } from '../../kernel/host-error.ts'
import type { Json, JsonObject } from '../json.ts'
import { asIntrinsic, isList, isObject, isScalar } from './intrinsic.ts'
import { readParameter } from './read-parameter.ts'
import { readResource } from './read-resource.ts'
import { record } from './record.ts'
import { parseTemplateText } from './template-text.ts'
import type { Template, TemplateOutput } from './template.ts'

const SECTIONS: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
])

/** CloudFormation quotas, per template. */
const MAX_MEMBERS = { Mappings: 200, Outputs: 200, Parameters: 200, Resources: 500 } as const
const MAX_DESCRIPTION_BYTES = 1_024
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions'
const FORMAT_VERSION = '2010-09-09'
const ALPHANUMERIC = /^[A-Za-z0-9]{1,255}$/

/** A template in JSON or YAML with its sections in their shapes; refuses with CloudFormation's words. */
export function readTemplate(text: string): Template {
  const raw = parseTemplateText(text)
  if (!isObject(raw)) throw refuse('Template format error: unsupported structure.')
  const strange = Object.keys(raw).filter((name) => !SECTIONS.has(name))
  if (strange.length > 0) {
    throw refuse(`Invalid template property or properties [${strange.join(', ')}]`)
  }
  checkVersion(raw['AWSTemplateFormatVersion'])
  const description = readDescription(raw['Description'])
  const resources = readSection(raw, 'Resources', readResource)
  if (Object.keys(resources).length === 0) {
    throw refuse('Template format error: At least one Resources member must be defined.')
  }
  return {
    text,
    ...(description !== undefined && { description }),
    metadata: readObject(raw['Metadata'], 'Metadata'),
    transforms: readTransforms(raw['Transform']),
    parameters: readSection(raw, 'Parameters', readParameter),
    mappings: readSection(raw, 'Mappings', readMapping),
    conditions: readSection(raw, 'Conditions', (condition) => condition),
    rules: readSection(raw, 'Rules', (rule) => rule),
    resources,
    outputs: readSection(raw, 'Outputs', readOutput),
  }
}

function readSection<Member>(
  raw: JsonObject,
  section: string,
  read: (value: Json, name: string) => Member,
): Readonly<Record<string, Member>> {
  const members = Object.entries(readObject(raw[section], section))
  const limit: number | undefined = MAX_MEMBERS[section as keyof typeof MAX_MEMBERS]
  if (limit !== undefined && members.length > limit) {
    const message = `Template format error: Number of ${section.toLowerCase()}, ${members.length}, is greater than maximum allowed, ${limit}`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
  return record(
    members.map(([name, member]) => {
      checkName(name, section)
      return [name, read(member, name)]
    }),
  )
}

function checkName(name: string, section: string): void {
  if (name.startsWith('Fn::')) {
    throw refuse(`Template format error: ${name} in ${section} is not supported on this host`)
  }
  if (ALPHANUMERIC.test(name)) return
  if (section === 'Resources') {
    throw refuse(`Template format error: Resource name ${name} is non alphanumeric.`)
  }
  throw refuse(`Template format error: ${section} name ${name} is non alphanumeric.`)
}

function readMapping(value: Json, name: string): Readonly<Record<string, JsonObject>> {
  const message = `Template format error: Every Mappings attribute must be a String or a List; the mapping ${name} is not`
  if (!isObject(value)) {
    throw refuse(`Template format error: Every Mappings member ${name} must be a map`)
  }
  const rows = Object.entries(value).map(([top, row]) => {
    if (!isObject(row) || asIntrinsic(row) !== undefined) {
      throw refuse(`Template format error: Every Mappings member ${top} must be a map`)
    }
    if (!Object.values(row).every(isMapped)) throw refuse(message)
    return [top, record(Object.entries(row))] as const
  })
  return record(rows)
}

function isMapped(value: Json): boolean {
  return isScalar(value) || (isList(value) && value.every(isMapped))
}

function readOutput(value: Json, name: string): TemplateOutput {
  if (!isObject(value)) {
    throw refuse(`Template format error: Every Outputs member must be an object; ${name} is not`)
  }
  const { Value, Description, Condition, Export, ...rest } = value
  const [strange] = Object.keys(rest)
  if (strange !== undefined) {
    throw refuse(
      `Template format error: Unresolved output property ${strange} of the output ${name}`,
    )
  }
  if (Value === undefined) {
    throw refuse(
      `Template format error: Every Outputs member must contain a Value object; ${name} does not`,
    )
  }
  if (Condition !== undefined && typeof Condition !== 'string') {
    throw refuse(`Template format error: The Condition of the output ${name} must be a string`)
  }
  if (Export !== undefined && (!isObject(Export) || Object.keys(Export).join() !== 'Name')) {
    throw refuse(`Template format error: The Export of the output ${name} must have a Name alone`)
  }
  const description = readDescription(Description)
  const exportName = isObject(Export) ? Export['Name'] : undefined
  return {
    value: Value,
    ...(description !== undefined && { description }),
    ...(Condition !== undefined && { condition: Condition }),
    ...(exportName !== undefined && { exportName }),
  }
}

function readTransforms(value: Json | undefined): readonly string[] {
  if (value === undefined) return []
  const names = isList(value) ? value : [value]
  const strange = names.find((name) => name !== LANGUAGE_EXTENSIONS)
  if (strange === undefined) return [LANGUAGE_EXTENSIONS]
  const name = typeof strange === 'string' ? strange : JSON.stringify(strange)
  const message = `The transform ${name} is not supported on this host; templates may name ${LANGUAGE_EXTENSIONS} alone`
  throw new HostError('ERR_NOT_SUPPORTED', message)
}

function checkVersion(value: Json | undefined): void {
  if (value === undefined || value === FORMAT_VERSION) return
  throw refuse(
    `Template format error: AWSTemplateFormatVersion must be ${FORMAT_VERSION}, not ${JSON.stringify(value)}`,
  )
}

function readDescription(value: Json | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') {
    if (Buffer.byteLength(value ?? '') <= MAX_DESCRIPTION_BYTES) return value
    throw refuse(
      `Template format error: 'Description' length is greater than ${MAX_DESCRIPTION_BYTES}.`,
    )
  }
  throw refuse('Template format error: Every Description member must be a string.')
}

function readObject(value: Json | undefined, section: string): JsonObject {
  if (value === undefined) return {}
  if (isObject(value)) return value
  throw refuse(`Template format error: ${section} must be an object.`)
}

function refuse(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
