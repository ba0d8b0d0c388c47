// Resource policies (IAM User Guide, "JSON policy elements reference"), as far as they can be decided
// here: Effect, Principal, Action, Resource and conditions on who is calling.
//
// What is different from AWS:
// - A caller of the resource's own account is allowed unless a statement denies: roles may be named
//   freely here and have no policies, so there is nothing else to ask.
// - A condition whose operator or key is not known here cannot be judged. It never lets anybody in: an
//   Allow with it does not apply, and a Deny with it does.
// What is missing, and refused when the policy is put: NotPrincipal, NotAction, NotResource.
import type { AwsCaller } from './caller.ts'
import { HostError } from '../kernel/host-error.ts'

export interface ResourcePolicy {
  readonly statements: readonly Statement[]
}

interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly principals: readonly string[]
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: readonly Condition[]
}

interface Condition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export interface PolicyQuestion {
  /** Who signed, or somebody whom a token or nothing at all vouches for. */
  readonly caller: AwsCaller | 'anonymous-jwt'
  /** `bedrock-agentcore:InvokeGateway` */
  readonly action: string
  readonly resourceArn: string
  readonly resourceAccountId: string
}

/** AgentCore quotas. */
const MAX_STATEMENTS = 100
const VERSIONS = ['2012-10-17', '2008-10-17']
const STATEMENT_MEMBERS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']

/** The policy in a text, or a refusal that says what a policy needs. */
export function readResourcePolicy(text: string): ResourcePolicy {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    throw new HostError('ERR_INVALID_INPUT', 'The policy is not valid JSON', { cause })
  }
  if (!isObject(document)) throw invalid('the policy must be a JSON object')
  const { Version: version = VERSIONS[0], Statement: statement } = document
  if (!VERSIONS.includes(version as string)) throw invalid(`Version must be ${VERSIONS[0]}`)
  const statements = Array.isArray(statement) ? statement : [statement]
  if (statements.length === 0 || statements.length > MAX_STATEMENTS) {
    throw invalid(`Statement must hold 1 to ${MAX_STATEMENTS} statements`)
  }
  return { statements: statements.map(readStatement) }
}

function readStatement(statement: unknown, index: number): Statement {
  const at = `Statement ${index + 1}`
  if (!isObject(statement)) throw invalid(`${at} must be an object`)
  for (const name of Object.keys(statement)) {
    if (STATEMENT_MEMBERS.includes(name)) continue
    if (!/^Not(Principal|Action|Resource)$/.test(name)) throw invalid(`${at} has no member ${name}`)
    throw new HostError('ERR_NOT_SUPPORTED', `${at}: ${name} is not evaluated by this host`)
  }
  const { Effect: effect, Principal: principal, Action, Resource, Condition: condition } = statement
  if (effect !== 'Allow' && effect !== 'Deny') throw invalid(`${at}: Effect must be Allow or Deny`)
  return {
    effect,
    principals: readPrincipals(principal, at),
    actions: readTexts(Action, `${at}: Action`).map((action) => action.toLowerCase()),
    resources: readTexts(Resource, `${at}: Resource`),
    conditions: condition === undefined ? [] : readConditions(condition, at),
  }
}

/** Of services and federated users none ever calls here; their names are read and match nobody. */
function readPrincipals(principal: unknown, at: string): readonly string[] {
  if (principal === '*') return ['*']
  if (!isObject(principal)) throw invalid(`${at}: Principal must be "*" or an object`)
  for (const [kind, names] of Object.entries(principal)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind)) {
      throw invalid(`${at}: Principal has no member ${kind}`)
    }
    readTexts(names, `${at}: Principal.${kind}`)
  }
  if (principal['AWS'] === undefined) return []
  const names = readTexts(principal['AWS'], `${at}: Principal.AWS`)
  const odd = names.find((name) => !/^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:\S+)$/.test(name))
  if (odd === undefined) return names
  throw invalid(`${at}: Principal.AWS must be "*", an account or the ARN of an identity`)
}

function readConditions(condition: unknown, at: string): readonly Condition[] {
  if (!isObject(condition)) throw invalid(`${at}: Condition must be an object`)
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw invalid(`${at}: Condition.${operator} must be an object`)
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: readTexts(values, `${at}: Condition.${operator}.${key}`),
    }))
  })
}

function readTexts(value: unknown, at: string): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = values.map((item) =>
    typeof item === 'boolean' || typeof item === 'number' ? String(item) : item,
  )
  if (texts.length > 0 && texts.every((text) => typeof text === 'string')) return texts
  throw invalid(`${at} must be a text or a list of texts`)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(complaint: string): HostError {
  return new HostError('ERR_INVALID_INPUT', `The policy document is invalid: ${complaint}`)
}

/** Whether a policy (or having none) lets a caller do something. An explicit Deny wins. */
export function evaluateResourcePolicy(
  policy: ResourcePolicy | undefined,
  question: PolicyQuestion,
): 'allowed' | 'denied' {
  let isAllowed = isOwn(question)
  for (const statement of policy?.statements ?? []) {
    if (!appliesTo(statement, question)) continue
    const verdict = judgeConditions(statement.conditions, question)
    if (statement.effect === 'Deny') {
      if (verdict !== 'false') return 'denied'
    } else if (verdict === 'true') isAllowed = true
  }
  return isAllowed ? 'allowed' : 'denied'
}

/** Callers with a token were let in by the resource's own authorizer, which is its account's word. */
function isOwn({ caller, resourceAccountId }: PolicyQuestion): boolean {
  return caller === 'anonymous-jwt' || caller.scope.accountId === resourceAccountId
}

function appliesTo(
  { principals, actions, resources }: Statement,
  { caller, action, resourceArn }: PolicyQuestion,
): boolean {
  const wanted = action.toLowerCase()
  return (
    principals.some((principal) => isPrincipal(principal, caller)) &&
    actions.some((pattern) => matchesWildcard(pattern, wanted)) &&
    resources.some((pattern) => matchesWildcard(pattern, resourceArn))
  )
}

function isPrincipal(principal: string, caller: PolicyQuestion['caller']): boolean {
  if (principal === '*') return true
  if (caller === 'anonymous-jwt') return false
  const { accountId } = caller.scope
  if (principal === accountId || principal === caller.arn) return true
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] === accountId
    ? true
    : principal === roleOf(caller.arn)
}

/** The role behind `arn:aws:sts::{account}:assumed-role/{role}/{session}`, which policies name. */
function roleOf(arn: string): string | undefined {
  const found = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn)
  return found ? `arn:${found[1]}:iam::${found[2]}:role/${found[3]}` : undefined
}

type Verdict = 'true' | 'false' | 'unknown'

/** All must hold; one that cannot be judged leaves open what the others do not settle. */
function judgeConditions(conditions: readonly Condition[], question: PolicyQuestion): Verdict {
  const verdicts = conditions.map((condition) => judge(condition, question))
  if (verdicts.includes('false')) return 'false'
  return verdicts.includes('unknown') ? 'unknown' : 'true'
}

function judge({ operator, key, values }: Condition, question: PolicyQuestion): Verdict {
  const known = findKey(key, question)
  const found = /^(String|Arn)(Not)?(Equals|Like|EqualsIgnoreCase)(IfExists)?$/.exec(operator)
  if (known === undefined || found === null) return 'unknown'
  const [, family, not, comparison, ifExists] = found
  if (known.value === undefined)
    return not !== undefined || ifExists !== undefined ? 'true' : 'false'
  const { value } = known
  const isWild = family === 'Arn' || comparison === 'Like'
  const holds = values.some((wanted) => {
    if (comparison === 'EqualsIgnoreCase') return wanted.toLowerCase() === value.toLowerCase()
    return isWild ? matchesWildcard(wanted, value) : wanted === value
  })
  return holds === (not === undefined) ? 'true' : 'false'
}

/** What we know about a caller; undefined for a key that we know nothing of. */
function findKey(
  key: string,
  { caller }: PolicyQuestion,
): { readonly value: string | undefined } | undefined {
  const signer = caller === 'anonymous-jwt' ? undefined : caller
  switch (key) {
    case 'aws:principalaccount':
      return { value: signer?.scope.accountId }
    case 'aws:principalarn':
      return { value: signer && (roleOf(signer.arn) ?? signer.arn) }
    case 'aws:userid':
      return { value: signer?.userId }
    case 'aws:requestedregion':
      return { value: signer?.scope.region }
    default:
      return undefined
  }
}

/** `*` is any text and `?` any character. Linear but for the last star, so no text makes it slow. */
function matchesWildcard(pattern: string, text: string): boolean {
  let [at, star, mark] = [0, -1, 0]
  let position = 0
  while (position < text.length) {
    if (pattern[at] === '*') [star, mark] = [at++, position]
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[position])) {
      at++
      position++
    } else if (star === -1) return false
    else {
      at = star + 1
      position = ++mark
    }
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
