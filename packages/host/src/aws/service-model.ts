// The public service models, reduced to names, shapes and constraints (packages/host/models), read
// when a service is first asked for and linked so that nothing is looked up by name per request.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileRoutes, type FoundRoute } from './rest-routes.ts'

export type ShapeType =
  | 'structure'
  | 'list'
  | 'map'
  | 'string'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'boolean'
  | 'blob'
  | 'timestamp'

export type TimestampFormat = 'iso8601' | 'unixTimestamp' | 'rfc822'

export interface Shape {
  readonly name: string
  readonly type: ShapeType
  /** In the model's order; empty for what is not a structure. */
  readonly members: ReadonlyMap<string, Member>
  readonly required: readonly string[]
  /** The elements of a list, the keys and the values of a map. */
  readonly element?: Shape
  readonly key?: Shape
  readonly value?: Shape
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly isSensitive: boolean
  readonly isUnion: boolean
  readonly isDocument: boolean
  readonly isEventStream: boolean
  readonly timestampFormat?: TimestampFormat
  /** The member that is the whole body. */
  readonly payload?: string
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number }
  readonly isServerFault: boolean
}

export interface Member {
  readonly name: string
  /** On the wire; the member's own name unless the model says otherwise. */
  readonly wireName: string
  readonly location: 'body' | 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  readonly isIdempotencyToken: boolean
  readonly shape: Shape
}

export interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly input: Shape | undefined
  readonly output: Shape | undefined
  /** Query: the element around the output. */
  readonly resultWrapper: string | undefined
  readonly isReadonly: boolean
  /** Callers need not sign. */
  readonly isUnsigned: boolean
}

export interface ServiceModel {
  /** The file's name: `lambda`, `bedrock-agentcore-control`. */
  readonly name: string
  readonly protocol: 'rest-json' | 'json' | 'query'
  readonly serviceId: string
  readonly apiVersion: string
  readonly signingName: string
  readonly jsonVersion: string
  readonly targetPrefix: string | undefined
  readonly xmlNamespace: string
  readonly operations: ReadonlyMap<string, Operation>
  readonly errors: ReadonlyMap<string, Shape>
  /** Rest services: what a raw (still percent-encoded) path and a method ask for. */
  findRoute(method: string, rawPath: string): FoundRoute | undefined
}

export type ServiceModelName =
  | 'bedrock-agentcore'
  | 'bedrock-agentcore-control'
  | 'cloudformation'
  | 'cognito-idp'
  | 'ecr'
  | 'lambda'
  | 'secretsmanager'
  | 'ssm'
  | 'sts'

/** Beside `src` and beside `dist`, so the same in a checkout and in the published package. */
const MODELS = fileURLToPath(new URL('../../models/', import.meta.url))

const loaded = new Map<string, ServiceModel>()

/** The model of a service; read and linked once per process. */
export function loadServiceModel(name: ServiceModelName): ServiceModel {
  let model = loaded.get(name)
  if (model === undefined) {
    const text = readFileSync(`${MODELS}${name}.json`, 'utf8')
    loaded.set(name, (model = linkModel(name, JSON.parse(text) as ModelFile)))
  }
  return model
}

interface Ref {
  readonly shape: string
  readonly location?: Member['location']
  readonly locationName?: string
  readonly idempotencyToken?: boolean
  readonly resultWrapper?: string
}

type ShapeFile = Omit<
  Mutable<Shape>,
  'name' | 'members' | 'required' | 'element' | 'key' | 'value'
> & {
  readonly members?: Readonly<Record<string, Ref>>
  readonly required?: readonly string[]
  readonly member?: Ref
  readonly key?: Ref
  readonly value?: Ref
  readonly sensitive?: boolean
  readonly union?: boolean
  readonly document?: boolean
  readonly eventstream?: boolean
  readonly exception?: boolean
  readonly fault?: boolean
}

interface OperationFile {
  readonly http: {
    readonly method: string
    readonly requestUri: string
    readonly responseCode?: number
  }
  readonly input?: Ref
  readonly output?: Ref
  readonly readonly?: boolean
  readonly auth?: readonly string[]
  readonly authtype?: string
}

interface ModelFile {
  readonly metadata: {
    readonly protocol: ServiceModel['protocol']
    readonly apiVersion: string
    readonly serviceId: string
    readonly endpointPrefix: string
    readonly signingName?: string
    readonly jsonVersion?: string
    readonly targetPrefix?: string
    readonly xmlNamespace?: string
  }
  readonly operations: Readonly<Record<string, OperationFile>>
  readonly shapes: Readonly<Record<string, ShapeFile>>
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function linkModel(name: string, { metadata, operations, shapes }: ModelFile): ServiceModel {
  const shapeOf = linkShapes(shapes)
  const rows = Object.entries(operations).map(([operation, file]) =>
    linkOperation(operation, file, shapeOf),
  )
  const routes = metadata.protocol === 'rest-json' ? compileRoutes(rows) : undefined
  return {
    name,
    protocol: metadata.protocol,
    serviceId: metadata.serviceId,
    apiVersion: metadata.apiVersion,
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    jsonVersion: metadata.jsonVersion ?? '1.0',
    targetPrefix: metadata.targetPrefix,
    xmlNamespace: metadata.xmlNamespace ?? '',
    operations: new Map(rows.map((row) => [row.name, row])),
    errors: new Map(
      Object.keys(shapes)
        .filter((shape) => shapes[shape]?.exception)
        .map((shape) => [shape, shapeOf(shape)]),
    ),
    findRoute: (method, rawPath) => routes?.(method, rawPath),
  }
}

function linkOperation(
  name: string,
  { http, input, output, ...rest }: OperationFile,
  shapeOf: (name: string) => Shape,
): Operation {
  return {
    name,
    method: http.method,
    path: http.requestUri,
    status: http.responseCode ?? 200,
    input: input && shapeOf(input.shape),
    output: output && shapeOf(output.shape),
    resultWrapper: output?.resultWrapper,
    isReadonly: rest.readonly === true,
    isUnsigned: rest.auth?.includes('smithy.api#noAuth') === true || rest.authtype === 'none',
  }
}

/** Shapes may contain themselves, so each is known by its name before its members are filled in. */
function linkShapes(files: Readonly<Record<string, ShapeFile>>): (name: string) => Shape {
  const linked = new Map<string, Shape>()
  return shapeOf

  function shapeOf(name: string): Shape {
    const known = linked.get(name)
    if (known !== undefined) return known
    const file = files[name]
    if (file === undefined) throw new Error(`The service model has no shape ${name}`)
    const { members, member, key, value, ...rest } = file
    const table = new Map<string, Member>()
    const shape: Mutable<Shape> = {
      ...rest,
      name,
      members: table,
      required: rest.required ?? [],
      isSensitive: rest.sensitive === true,
      isUnion: rest.union === true,
      isDocument: rest.document === true,
      isEventStream: rest.eventstream === true,
      isServerFault: rest.fault === true,
    }
    linked.set(name, shape)
    if (member) shape.element = shapeOf(member.shape)
    if (key) shape.key = shapeOf(key.shape)
    if (value) shape.value = shapeOf(value.shape)
    for (const [memberName, ref] of Object.entries(members ?? {})) {
      table.set(memberName, {
        name: memberName,
        wireName: ref.locationName ?? memberName,
        location: ref.location ?? 'body',
        isIdempotencyToken: ref.idempotencyToken === true,
        shape: shapeOf(ref.shape),
      })
    }
    return shape
  }
}
