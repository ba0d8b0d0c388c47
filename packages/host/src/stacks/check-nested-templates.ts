import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Blueprint, StateOf } from './blueprint.ts'
import { checkCapabilities, neededCapabilities } from './capabilities.ts'
import { refuseUnrecognized, unrecognizedTypes } from './check-resources.ts'
import type { Engine } from './engine.ts'
import { STACK_TYPE } from './journal.ts'
import { UNKNOWN } from './resource-type.ts'
import { readSource } from './read-source.ts'
import { skipsUnknown } from './skipped.ts'
import type { Tag } from './stacks.ts'
import { checkTemplate } from './template/check-template.ts'
import { readTemplate } from './template/read-template.ts'
import type { TemplateResource } from './template/template.ts'

interface Parent {
  readonly stateOf: StateOf
  readonly capabilities: readonly string[]
  readonly tags: readonly Tag[]
}

/** More templates in one deployment nest themselves, or might as well. */
const MAX_TEMPLATES = 100

/** Templates of nested stacks whose addresses are known already, and those nested in them. */
export async function checkNestedTemplates(
  engine: Engine,
  scope: Scope,
  { resources, plan }: Blueprint,
  { stateOf, capabilities, tags }: Parent,
): Promise<void> {
  const urls = namesOf(resources).map(
    (logicalId) => plan(logicalId, stateOf).properties['TemplateURL'],
  )
  const unrecognized = new Set<string>()
  const seen = new Set<string>()
  for (let level = known(urls, seen); level.length > 0;) {
    const next: unknown[] = []
    for (const templateUrl of level) {
      seen.add(templateUrl)
      if (seen.size > MAX_TEMPLATES) {
        const message = `A stack is made of at most ${MAX_TEMPLATES} nested templates`
        throw new HostError('ERR_LIMIT_EXCEEDED', message)
      }
      const template = readTemplate(await readSource(engine, scope, { templateUrl }))
      const problems = checkTemplate(template)
      if (problems.length > 0) throw new HostError('ERR_INVALID_INPUT', problems.join('\n'))
      checkCapabilities(neededCapabilities(template).capabilities, capabilities)
      for (const type of unrecognizedTypes(template, engine.types)) unrecognized.add(type)
      const nested = Object.values(template.resources).filter(({ type }) => type === STACK_TYPE)
      next.push(...nested.map(({ properties }) => properties['TemplateURL']))
    }
    level = known(next, seen)
  }
  if (!skipsUnknown(tags)) refuseUnrecognized([...unrecognized])
}

function namesOf(resources: ReadonlyMap<string, TemplateResource>): string[] {
  return [...resources].flatMap(([logicalId, { type }]) => (type === STACK_TYPE ? [logicalId] : []))
}

function known(urls: readonly unknown[], seen: ReadonlySet<string>): string[] {
  const texts = urls.filter((url) => typeof url === 'string')
  return [...new Set(texts)].filter((url) => !url.includes(UNKNOWN) && !seen.has(url))
}
