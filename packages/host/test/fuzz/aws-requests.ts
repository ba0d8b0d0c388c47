// Requests to AWS services, made from their models: a valid one of every operation, and the same one
// wrong in its path, its query, its headers, its body, its values or its signature.
import { encodeJson } from '../../src/aws/encode.ts'
import {
  loadServiceModel,
  type Member,
  type Operation,
  type ServiceModel,
  type ServiceModelName,
} from '../../src/aws/service-model.ts'
import { awsValue } from './aws-values.ts'
import type { RequestText } from './http-text.ts'
import type { Random } from './random.ts'

export interface AwsFuzzRequest extends RequestText {
  readonly service: ServiceModelName
  readonly operation: string
  /** What was done to it; nothing for a request that is as the model wants it. */
  readonly wrongs: readonly string[]
}

export const SERVICES: readonly ServiceModelName[] = [
  'bedrock-agentcore',
  'bedrock-agentcore-control',
  'cloudformation',
  'cognito-idp',
  'ecr',
  'lambda',
  'secretsmanager',
  'ssm',
  'sts',
]

/** Paths that the host answers before its AWS API, with rules of their own. */
const SERVED_ELSEWHERE = new Set(['InvokeAgentRuntime', 'InvokeAgentRuntimeCommand'])

export const OPERATIONS = SERVICES.flatMap((service) =>
  [...loadServiceModel(service).operations.values()]
    .filter(({ name }) => !SERVED_ELSEWHERE.has(name))
    .map((operation) => ({ service, operation })),
)

interface Draft {
  method: string
  path: string
  query: string
  headers: [string, string][]
  body: string | Buffer
}

/** Values that mean something to the host, by the member they belong in: `gatewayIdentifier`. */
export type KnownValues = Readonly<Record<string, readonly string[]>>

/** One request; `authority` is its Host. */
export function makeAwsRequest(
  random: Random,
  authority: string,
  known: KnownValues = {},
): AwsFuzzRequest {
  const { service, operation } = random.pick(OPERATIONS)
  const model = loadServiceModel(service)
  const input = operation.input ? awsValue(operation.input, random) : {}
  const chosen = chooseKnown(operation, random, known)
  const draft = draftRequest(model, operation, { ...(input as object), ...chosen }, random)
  const all = Object.keys(WRONGS)
  const wrongs = random.chance(0.25)
    ? []
    : Array.from({ length: random.int(1, 2) }, () => random.pick(all))
  for (const wrong of wrongs) WRONGS[wrong]?.(draft, random)
  const { method, path, query, headers, body } = draft
  return {
    service,
    operation: operation.name,
    wrongs,
    method,
    target: query === '' ? path : `${path}?${query}`,
    headers: [['Host', authority], ...headers],
    body,
  }
}

/** Most requests name something that is there; the others never get far. */
function chooseKnown({ input }: Operation, random: Random, known: KnownValues): object {
  const names = [...(input?.members.keys() ?? [])].filter((name) => known[name] !== undefined)
  const chosen = names.filter(() => random.chance(0.8))
  return Object.fromEntries(chosen.map((name) => [name, random.pick(known[name] ?? [])]))
}

/** As a client of the service would write it, signed in form. */
function draftRequest(
  model: ServiceModel,
  operation: Operation,
  input: Record<string, unknown>,
  random: Random,
): Draft {
  const draft: Draft = {
    method: operation.method,
    path: operation.path,
    query: '',
    headers: [
      ['X-Amz-Date', '20261122T101500Z'],
      ['Authorization', authorization(model.signingName, random)],
    ],
    body: '',
  }
  switch (model.protocol) {
    case 'rest-json':
      return draftRest(draft, operation, input)
    case 'json':
      draft.headers.push(['X-Amz-Target', `${model.targetPrefix}.${operation.name}`])
      draft.headers.push(['Content-Type', `application/x-amz-json-${model.jsonVersion}`])
      draft.body = JSON.stringify(operation.input ? toJson(operation.input, input) : {})
      return draft
    case 'query': {
      const form = new URLSearchParams({ Action: operation.name, Version: model.apiVersion })
      flatten(input, '', form)
      draft.headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
      draft.body = form.toString()
      return draft
    }
  }
}

function draftRest(
  draft: Draft,
  { input: shape }: Operation,
  input: Record<string, unknown>,
): Draft {
  const query = new URLSearchParams()
  const body: Record<string, unknown> = {}
  for (const member of shape?.members.values() ?? []) {
    const value = input[member.name]
    if (value === undefined) continue
    if (member.name === shape?.payload && value instanceof Uint8Array)
      draft.body = Buffer.from(value)
    else place(draft, query, body, member, value)
  }
  draft.query = query.toString()
  if (Object.keys(body).length > 0) {
    draft.headers.push(['Content-Type', 'application/json'])
    const payload = shape?.payload
    draft.body = JSON.stringify(payload === undefined ? body : body[payload])
  }
  return draft
}

function place(
  draft: Draft,
  query: URLSearchParams,
  body: Record<string, unknown>,
  { location, wireName, shape }: Member,
  value: unknown,
): void {
  const text = String(toJson(shape, value))
  if (location === 'uri') {
    draft.path = draft.path.replace(`{${wireName}}`, encodeURIComponent(text))
  } else if (location === 'querystring') {
    for (const item of Array.isArray(value) ? value : [text]) query.append(wireName, String(item))
  } else if (location === 'header') draft.headers.push([wireName, text.replaceAll(/[^ -~]/g, '')])
  else body[wireName] = toJson(shape, value)
}

function toJson(shape: Member['shape'], value: unknown): unknown {
  return encodeJson(shape, value, 'unixTimestamp')
}

function flatten(value: unknown, prefix: string, form: URLSearchParams): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      flatten(item, `${prefix}.member.${index + 1}`, form)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      flatten(item, prefix === '' ? name : `${prefix}.${name}`, form)
    }
  } else form.append(prefix, String(value))
}

function authorization(service: string, random: Random): string {
  const account = random.chance(0.5) ? 'AKIDEXAMPLE' : '111122223333'
  const scope = `${account}/20261122/${random.pick(['us-east-1', 'eu-west-1'])}/${service}/aws4_request`
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
}

/** Ways to be wrong. None of them may lead to a 500, and none of them may be waited for. */
const WRONGS: Readonly<Record<string, (draft: Draft, random: Random) => void>> = {
  'a value of another kind': (draft, random) => {
    draft.body = changeJson(draft.body, random, () => random.json())
  },
  'a value that is null': (draft, random) => {
    draft.body = changeJson(draft.body, random, () => null)
  },
  'a text that is strange': (draft, random) => {
    draft.body = changeJson(draft.body, random, () => random.text(random.pick([10, 10, 5_000])))
  },
  'a member nobody knows': (draft, random) => {
    const names = ['__proto__', 'constructor', 'toString', random.word(10)]
    draft.body = changeJson(draft.body, random, (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? JSON.parse(
            `{${JSON.stringify(random.pick(names))}:1,${JSON.stringify(value).slice(1)}`.replace(
              ',}',
              '}',
            ),
          )
        : value,
    )
  },
  'a text that makes patterns work': (draft, random) => {
    const part = random.pick(['a', 'a-', '1', 'a.', '{##', '@', 'arn:aws:', '/', '::', '-_'])
    const text = `${part.repeat(random.pick([50, 1_000, 30_000]))}\u0001`
    draft.body = changeJson(draft.body, random, (value) =>
      typeof value === 'string' ? text : value,
    )
  },
  'a body that is deep': (draft, random) => {
    const depth = random.pick([50, 200, 50_000])
    draft.body = random.chance(0.5)
      ? '['.repeat(depth) + ']'.repeat(depth)
      : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  },
  'a body cut short': (draft, random) => {
    const { length } = draft.body
    draft.body = draft.body.slice(0, random.int(0, length))
  },
  'a body of any bytes': (draft, random) => {
    draft.body = random.bytes(random.int(0, 200))
  },
  'a body that is too long': (draft, random) => {
    if (random.chance(0.1)) draft.body = `{"a":"${'x'.repeat(1_100_000)}"}`
  },
  'no body': (draft) => {
    draft.body = ''
  },
  'another method': (draft, random) => {
    draft.method = random.pick([
      'GET',
      'POST',
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'HEAD',
      'TRACE',
    ])
  },
  'a path that climbs': (draft, random) => {
    const parts = draft.path.split('/')
    parts[random.int(1, parts.length - 1)] = random.pick([
      '..',
      '%2e%2e',
      '.',
      '%00',
      '%',
      '%zz',
      '%ff',
    ])
    draft.path = parts.join('/')
  },
  'a path with more or fewer slashes': (draft, random) => {
    draft.path = random.pick([
      `${draft.path}/`,
      `${draft.path}//`,
      draft.path.replace(/(.)\/$/, '$1'),
      draft.path.replaceAll('/', '//'),
      `${draft.path}/${'a/'.repeat(50)}`,
    ])
  },
  'a query that is strange': (draft, random) => {
    const odd = [
      '%',
      '&&&',
      '=',
      'maxResults=abc',
      'maxResults=-1',
      'nextToken=%00',
      'nextToken=AAAA',
    ]
    const more = [
      `nextToken=${encodeURIComponent(random.word(3_000))}`,
      'X-Amz-Signature=1',
      'Action=',
    ]
    draft.query = [draft.query, random.pick([...odd, ...more])].filter(Boolean).join('&')
  },
  'no signature': (draft) => {
    draft.headers = draft.headers.filter(([name]) => name !== 'Authorization')
  },
  'a signature that is malformed': (draft, random) => {
    const header = draft.headers.find(([name]) => name === 'Authorization')
    if (header === undefined) return
    header[1] = random.pick([
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 Credential=a/b/c',
      'AWS4-ECDSA-P256-SHA256 Credential=x',
      'Bearer abc',
      header[1].slice(0, random.int(0, header[1].length)),
      header[1].replace('host;', ''),
      header[1].replace('aws4_request', 'aws5_request'),
      header[1].replaceAll(',', ''),
    ])
  },
  'a signature for another service': (draft, random) => {
    const header = draft.headers.find(([name]) => name === 'Authorization')
    if (header === undefined) return
    const other = random.pick([...SERVICES, 's3', 'bedrock-agentcore'])
    header[1] = header[1].replace(/[a-z-]+\/aws4_request/, `${other}/aws4_request`)
  },
  'chunks that are none': (draft) => {
    draft.headers.push(['X-Amz-Content-Sha256', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])
  },
  'a date that is none': (draft, random) => {
    const header = draft.headers.find(([name]) => name === 'X-Amz-Date')
    if (header) header[1] = random.pick(['', 'today', '20269922T101500Z', '99999999T999999Z'])
  },
  'an operation nobody knows': (draft, random) => {
    const header = draft.headers.find(([name]) => name === 'X-Amz-Target')
    if (header) header[1] = random.pick(['', '.', 'Nobody.Knows', `${header[1]}x`, 'InitiateAuth'])
    else draft.path += random.pick(['x', '/x', '/x/y'])
  },
  'another content type': (draft, random) => {
    draft.headers = draft.headers.filter(([name]) => name !== 'Content-Type')
    draft.headers.push(['Content-Type', random.pick(['text/plain', 'application/xml', '', 'x'])])
  },
}

const MAX_CHANGED = 50_000

/** The body with one of its values, wherever it is, replaced. */
function changeJson(
  body: string | Buffer,
  random: Random,
  change: (value: unknown) => unknown,
): string | Buffer {
  if (body.length > MAX_CHANGED) return body // too deep for what follows, and wrong already
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    return body // a form, or no body at all
  }
  const nodes: { holder: Record<string, unknown>; name: string }[] = []
  const root = { value }
  const collect = (holder: Record<string, unknown>, name: string) => {
    nodes.push({ holder, name })
    const inner = holder[name]
    if (typeof inner !== 'object' || inner === null) return
    for (const key of Object.keys(inner)) collect(inner as Record<string, unknown>, key)
  }
  collect(root, 'value')
  const { holder, name } = random.pick(nodes)
  holder[name] = change(holder[name])
  return JSON.stringify(root.value)
}
