// Reduces the templates of a synthesised CDK app to what a test of ours may keep: types, property names
// and structure. Whatever its authors wrote (names, texts, policies, code) is replaced, each word by the
// same stand-in everywhere, so that references and imports still meet.
//
//   node scripts/reduce-template.ts cdk.out repository commit > fixture.json
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Template = Record<string, Record<string, Json>>

/** What stands for each word. */
const words = new Map<string, string>()

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string
        readonly dependencies?: readonly string[]
        readonly properties?: { readonly templateFile?: string }
      }
    >
  >
}

/** The stacks of the app, each after those it depends on. */
function readStacks(path: string): [name: string, template: Template][] {
  const { artifacts } = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest
  const found = new Map<string, Template>()
  const visit = (name: string): void => {
    const { type, dependencies = [], properties } = artifacts[name] ?? { type: '' }
    if (type !== 'aws:cloudformation:stack' || found.has(name)) return
    dependencies.forEach(visit)
    const file = join(path, properties?.templateFile ?? '')
    found.set(name, JSON.parse(readFileSync(file, 'utf8')) as Template)
  }
  Object.keys(artifacts).forEach(visit)
  return [...found]
}

function reduceTemplate(template: Template): Json {
  const { Resources = {}, Outputs = {}, Parameters, Conditions, Mappings, Rules } = template
  const ids = new Map<string, string>()
  for (const [id, resource] of Object.entries(Resources)) {
    const type =
      textOf((resource as { Type?: Json }).Type)
        .split('::')
        .at(-1) ?? ''
    ids.set(id, `${type}${ids.size + 1}`)
  }
  const reduced: Record<string, Json> = {}
  for (const [id, value] of Object.entries(Resources)) {
    reduced[ids.get(id) ?? id] = reduceResource(value as Record<string, Json>, ids)
  }
  const outputs = Object.entries(Outputs).map(([name, output]) => {
    const { Value = '', Export } = output as Record<string, Json>
    const kept = { Value: reduce(Value, ids), ...(Export && { Export: reduce(Export, ids) }) }
    return [reduceText(name), kept] as const
  })
  return {
    ...(Parameters && { Parameters: reduceParameters(Parameters) }),
    ...(Mappings && { Mappings }),
    ...(Conditions && { Conditions }),
    ...(Rules && { Rules }),
    Resources: reduced,
    ...(outputs.length > 0 && { Outputs: Object.fromEntries(outputs) }),
  }
}

function reduceParameters(parameters: Record<string, Json>): Json {
  const { BootstrapVersion, ...rest } = parameters
  const reduced = Object.entries(rest).map(([name, declaration]) => {
    const { Description, ...kept } = declaration as Record<string, Json>
    return [
      name,
      { ...(reduce(kept, new Map()) as object), ...(Description && { Description: 'x' }) },
    ]
  })
  return { ...(BootstrapVersion && { BootstrapVersion }), ...Object.fromEntries(reduced) } as Json
}

function reduceResource(resource: Record<string, Json>, ids: ReadonlyMap<string, string>): Json {
  const { Type = '', Properties = {}, DependsOn = [], Condition, ...rest } = resource
  const { DeletionPolicy, UpdateReplacePolicy } = rest
  const dependencies = [DependsOn].flat().map((id) => ids.get(textOf(id)) ?? id)
  return {
    Type,
    Properties: reduce(Properties, ids),
    ...(dependencies.length > 0 && { DependsOn: dependencies }),
    ...(Condition && { Condition }),
    ...(DeletionPolicy && { DeletionPolicy }),
    ...(UpdateReplacePolicy && { UpdateReplacePolicy }),
  }
}

const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }],
}
/** Maps whose keys their authors chose. */
const MAPS = new Set(['Variables', 'EnvironmentVariables', 'Tags', 'UserPoolTags'])

function reduce(value: Json, ids: ReadonlyMap<string, string>, key = ''): Json {
  if (key.endsWith('PolicyDocument') || key === 'RepositoryPolicyText') return DOCUMENT
  if (key === 'ZipFile') return 'exports.handler = async () => ({})'
  if (key === 'Handler') return 'index.handler'
  if (['Create', 'Update', 'Delete'].includes(key)) return reduceCall(value)
  // how deploy-time-build builds
  if (key === 'type' || key === 'buildCommand') return value
  // by which the builds of deploy-time-build are known
  if (key === 'BuildSpec')
    return JSON.stringify(value).includes('responseURL') ? 'responseURL' : 'x'
  if (key === 'Description') return 'A description'
  if (Array.isArray(value)) return value.map((item) => reduce(item, ids, key))
  if (typeof value === 'string') return reduceText(value)
  if (typeof value !== 'object' || value === null) return value
  const reference = reduceReference(value, ids)
  if (reference !== undefined) return reference
  // the properties of a JSON schema are names that its author chose, too
  const isMap = MAPS.has(key) || key === 'Properties'
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      isMap ? reduceText(name) : name,
      reduce(item, ids, isMap ? '' : name),
    ]),
  )
}

/** References lead to the new names; whatever is not a reference is undefined. */
function reduceReference(
  value: Record<string, Json>,
  ids: ReadonlyMap<string, string>,
): Json | undefined {
  const [[name, argument] = []] = Object.entries(value)
  if (name === 'Ref') return { Ref: ids.get(textOf(argument)) ?? argument ?? '' }
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    const [id, ...attribute] = argument
    return { 'Fn::GetAtt': [ids.get(textOf(id)) ?? id ?? '', ...attribute] }
  }
  if (name === 'Fn::Sub') {
    const renameIn = (text: string) =>
      text.replaceAll(/\$\{([^}.!]+)((?:\.[^}]+)?)\}|([^$]+)/g, (whole, id, rest, literal) =>
        literal === undefined ? `\${${ids.get(id) ?? id}${rest}}` : reduceText(whole),
      )
    if (typeof argument === 'string') return { 'Fn::Sub': renameIn(argument) }
    const [text, variables = {}] = Array.isArray(argument) ? argument : []
    return { 'Fn::Sub': [renameIn(textOf(text)), reduce(variables, ids)] }
  }
  if (name === 'Fn::If' && Array.isArray(argument)) {
    const [condition = '', ...rest] = argument
    return { 'Fn::If': [condition, ...rest.map((item) => reduce(item, ids))] }
  }
  if (name === 'Fn::FindInMap') return value
  return undefined
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A custom resource of the CDK's own says which operation it calls; that stays, and what it says it with goes. */
function reduceCall(call: Json): Json {
  const text = JSON.stringify(call).replaceAll('\\', '')
  const [, service = ''] = /"service":"([^"]+)"/.exec(text) ?? []
  const [, action = ''] = /"action":"([^"]+)"/.exec(text) ?? []
  return JSON.stringify({ service, action, physicalResourceId: { id: 'made' } })
}

/** Words that mean something to AWS, in whatever text they stand. */
const KEPT = new Set(
  `arn aws iam lambda s3 logs ecr dkr cognito idp amazonaws amazoncognito com us east policy service
  role https http well known openid configuration oauth2 token email phone profile email_verified
  sub code client_credentials implicit legacy verified_email object string number integer boolean
  array arm64 x86_64 true false Enabled Disabled Active Retain Delete PassThrough hnb659fds cdk
  container assets zip index js py mcp runtime gateway bedrock agentcore secretsmanager ssm
  parameter resolve SecretString AWSCURRENT application json log group off
  required optional west north ap eu northeast on String StringList SecureString signin user admin seconds minutes hours days docker build verified_phone_number admin_only runtimes invocations qualifier`.split(
    /\s+/,
  ),
)

function reduceText(text: string): string {
  if (/^(?:[A-Z][A-Z0-9_]*|(?:nodejs|python)[\d.]+x?|[\d-]+|aws:kms|AES256)$/.test(text))
    return text
  if (/^:?(?:arn:aws:)?(?:iam::aws:policy|:iam::aws:policy)\/[\w/-]+$/.test(text)) return text
  return text.replaceAll(/%[0-9A-F]{2}|[A-Za-z]\w*|[0-9]+[a-f][0-9a-f]{8,}/g, (word) =>
    KEPT.has(word) || word.startsWith('%') ? word : standIn(word),
  )
}

function standIn(word: string): string {
  let known = words.get(word)
  if (known === undefined) words.set(word, (known = `w${words.size + 1}`))
  return known
}

const [folder = '.', repository = '', commit = ''] = process.argv.slice(2)
const stacks: Record<string, Json> = {}
for (const [name, template] of readStacks(folder)) {
  stacks[reduceText(name)] = reduceTemplate(template)
}
console.log(JSON.stringify({ repository, commit, stacks }, undefined, 1))
