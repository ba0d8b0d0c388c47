import type { Scope } from '../kernel/scope.ts'
import { scopeKey } from '../kernel/scope.ts'

/** A layer: a name and what was published under it. */
export interface LayerRecord {
  readonly layerName: string
  readonly scope: Scope
  /** Numbers are not used twice: the record stays when its last version is deleted. */
  readonly nextVersion: number
  readonly versions: readonly LayerVersion[]
}

export interface LayerVersion {
  readonly version: number
  readonly sha256: string
  readonly codeSize: number
  readonly description: string
  readonly licenseInfo?: string | undefined
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
  readonly createdDate: string
}

export function layerKey(layerName: string, scope: Scope): string {
  return `${scopeKey(scope)}/${layerName}`
}

export function layerArn(layerName: string, { region, accountId }: Scope): string {
  return `arn:aws:lambda:${region}:${accountId}:layer:${layerName}`
}

const LAYER_VERSION_ARN =
  /^arn:aws[a-zA-Z-]*:lambda:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):layer:([\w-]+):(\d{1,10})$/

/** The parts of a layer version's ARN, or undefined when it is none. */
export function parseLayerVersionArn(arn: string) {
  const [, region, accountId, layerName, version] = LAYER_VERSION_ARN.exec(arn) ?? []
  if (region === undefined || accountId === undefined || layerName === undefined) return undefined
  return { scope: { accountId, region }, layerName, version: Number(version) }
}

const LAYER_ARN = /^arn:aws[a-zA-Z-]*:lambda:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):layer:([\w-]+)$/

/** A layer's name, or its ARN, which may name another account or Region. */
export function parseLayerIdentifier(text: string, scope: Scope) {
  const [, region, accountId, layerName] = LAYER_ARN.exec(text) ?? []
  if (region === undefined || accountId === undefined || layerName === undefined) {
    return { layerName: text, scope }
  }
  return { layerName, scope: { accountId, region } }
}
