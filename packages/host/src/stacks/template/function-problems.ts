import type { Json } from '../json.ts'
import { asIntrinsic, isFunctionName, isObject } from './intrinsic.ts'
import { INTRINSICS } from './intrinsics.ts'
import { ruleProblem } from './rule-functions.ts'
import type { Template } from './template.ts'

/** Functions that CloudFormation knows only with its language extensions. */
const EXTENSIONS: ReadonlySet<string> = new Set(['Fn::Length', 'Fn::ToJsonString'])
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions'

/** What is wrong with the functions of a template as they are written; each mistake once. */
export function functionProblems(template: Template): readonly string[] {
  const { conditions, resources, outputs, rules } = template
  const problems = new Set<string>()
  const look = (value: Json, problemOf: ProblemOf): void => {
    if (value === null || typeof value !== 'object') return
    const call = asIntrinsic(value)
    const problem =
      call === undefined ? misplaced(value) : problemOf(call.name, call.args, template)
    if (problem !== undefined) problems.add(problem)
    for (const member of Object.values(value)) look(member, problemOf)
  }
  look(conditions, functionProblem)
  for (const { properties, metadata, creationPolicy = null, updatePolicy = null } of Object.values(
    resources,
  )) {
    look([properties, metadata, creationPolicy, updatePolicy], functionProblem)
  }
  for (const { value, exportName = null } of Object.values(outputs)) {
    look([value, exportName], functionProblem)
  }
  look(rules, ruleProblem)
  return [...problems]
}

type ProblemOf = (name: string, args: Json, template: Template) => string | undefined

function functionProblem(name: string, args: Json, template: Template): string | undefined {
  const intrinsic = INTRINSICS.get(name)
  if (intrinsic === undefined) return `Template error: ${name} is not supported on this host`
  const needsExtensions = EXTENSIONS.has(name) || hasDefault(name, args)
  if (needsExtensions && !template.transforms.includes(LANGUAGE_EXTENSIONS)) {
    return `Template error: ${name}${hasDefault(name, args) ? ' with a DefaultValue' : ''} needs the transform ${LANGUAGE_EXTENSIONS}`
  }
  return intrinsic.problem(args)
}

function hasDefault(name: string, args: Json): boolean {
  return name === 'Fn::FindInMap' && Array.isArray(args) && args.length > 3
}

/** A function beside other members would stay as it is. */
function misplaced(value: Json): string | undefined {
  const names = isObject(value) ? Object.keys(value) : []
  const name = names.find((it) => isFunctionName(it) && it !== 'Ref')
  if (name === undefined) return undefined
  return `Template error: ${name} must be the only member of its object; it stands with ${names.filter((it) => it !== name).join(', ')}`
}
