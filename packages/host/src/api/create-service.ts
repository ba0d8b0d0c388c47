import type { Codec } from '../aws/codec.ts'
import { jsonRpc } from '../aws/json-rpc.ts'
import { query } from '../aws/query.ts'
import { restJson } from '../aws/rest-json.ts'
import { loadServiceModel, type ServiceModel, type ServiceModelName } from '../aws/service-model.ts'
import type { FaultNames } from './faults.ts'
import type { AwsCall, Handlers } from './operation.ts'

type Operations = Record<string, { input: unknown; output: unknown }>

export interface ServiceDefinition<Served extends Operations> {
  readonly model: ServiceModelName
  /** The service in a caller's credential scope; two services may share one. */
  readonly signingName: string
  /** Tables of operations, merged; an operation stands in one of them only. */
  readonly handlers: readonly Handlers<Served>[]
  /** Operations answered before this API is asked, because they stream. */
  readonly servedElsewhere?: readonly (keyof Served & string)[]
  /** What the model calls refusals, where it differs from `faults.ts`. */
  readonly faults?: FaultNames
  readonly maxBodyBytes?: number
}

/** One AWS service: its model and the operations served here. */
export interface Service {
  readonly name: ServiceModelName
  readonly signingName: string
  readonly handlers: ReadonlyMap<string, AnyHandler>
  readonly servedElsewhere: readonly string[]
  readonly faults: FaultNames
  readonly maxBodyBytes: number
  /** Read at the first request, not at start. */
  readonly model: ServiceModel
  readonly codec: Codec
}

/** A handler of some operation; the model has made sure that the input is that operation's. */
export type AnyHandler = (input: never, call: AwsCall) => unknown

const DEFAULT_MAX_BODY_BYTES = 1024 * 1024
const CODECS: Record<ServiceModel['protocol'], Codec> = {
  'rest-json': restJson,
  json: jsonRpc,
  query,
}

export function createService<Served extends Operations>(
  definition: ServiceDefinition<Served>,
): Service {
  const { model, handlers, servedElsewhere = [], faults = {} } = definition
  return {
    name: model,
    signingName: definition.signingName,
    handlers: mergeHandlers(model, handlers),
    servedElsewhere,
    faults,
    maxBodyBytes: definition.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    get model() {
      return loadServiceModel(model)
    },
    get codec() {
      return CODECS[this.model.protocol]
    },
  }
}

function mergeHandlers(
  service: string,
  tables: readonly object[],
): ReadonlyMap<string, AnyHandler> {
  const merged = new Map<string, AnyHandler>()
  for (const table of tables) {
    for (const [name, handler] of Object.entries(table)) {
      if (handler === undefined) continue
      if (merged.has(name)) throw new Error(`${service} has two handlers for ${name}`)
      merged.set(name, handler as AnyHandler)
    }
  }
  return merged
}
