import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { readArchive, type CodeSource } from './code-source.ts'
import type { ControlContext } from './control-context.ts'
import type { FunctionLayer } from './function-record.ts'
import {
  layerArn,
  layerKey,
  parseLayerVersionArn,
  type LayerRecord,
  type LayerVersion,
} from './layer-record.ts'
import { LAMBDA_QUOTAS } from './quotas.ts'

export interface LayerName {
  readonly layerName: string
  readonly scope: Scope
}

export interface LayerInput extends Omit<
  LayerVersion,
  'version' | 'sha256' | 'codeSize' | 'createdDate'
> {
  readonly source: CodeSource
}

export async function publishLayerVersion(
  context: ControlContext,
  { layerName, scope }: LayerName,
  { source, ...described }: LayerInput,
): Promise<LayerVersion> {
  const { sha256, codeSize } = await readArchive(source, context, scope)
  return context.layers.change(layerKey(layerName, scope), async (current) => {
    const version = current?.nextVersion ?? 1
    const createdDate = new Date().toISOString()
    const published = { version, sha256, codeSize, createdDate, ...described }
    const versions = [...(current?.versions ?? []), published]
    return {
      value: { layerName, scope, nextVersion: version + 1, versions },
      result: published,
    }
  })
}

export function listLayers({ layers }: ControlContext, scope: Scope): readonly LayerRecord[] {
  return [...layers.values()].filter(
    (it) =>
      it.scope.accountId === scope.accountId &&
      it.scope.region === scope.region &&
      it.versions.length > 0,
  )
}

/** Newest first, as Lambda lists them; none for a layer that never was. */
export function listLayerVersions(
  { layers }: ControlContext,
  { layerName, scope }: LayerName,
): readonly LayerVersion[] {
  return layers.find(layerKey(layerName, scope))?.versions.toReversed() ?? []
}

export function getLayerVersion(
  context: ControlContext,
  layer: LayerName,
  number: number,
): LayerVersion {
  const found = listLayerVersions(context, layer).find(({ version }) => version === number)
  if (found !== undefined) return found
  throw new HostError('ERR_NOT_FOUND', 'The resource you requested does not exist.')
}

/** Functions that use it keep it; what never was is deleted, too, as on Lambda. */
export function deleteLayerVersion(
  { layers }: ControlContext,
  { layerName, scope }: LayerName,
  number: number,
): Promise<void> {
  return layers.change(layerKey(layerName, scope), async (current) => {
    const isThere = current?.versions.some(({ version }) => version === number)
    if (current === undefined || !isThere) return { value: current, result: undefined }
    const versions = current.versions.filter(({ version }) => version !== number)
    return { value: { ...current, versions }, result: undefined }
  })
}

/** The layers a function names, in its order. */
export function resolveLayers(
  context: ControlContext,
  arns: readonly string[],
  scope: Scope,
): readonly FunctionLayer[] {
  if (arns.length > LAMBDA_QUOTAS.maxLayers) {
    throw invalid(`Cannot reference more than ${LAMBDA_QUOTAS.maxLayers} layers.`)
  }
  const names = new Set<string>()
  return arns.map((arn) => {
    const named = parseLayerVersionArn(arn)
    if (named === undefined) {
      throw invalid(`${JSON.stringify(arn)} is not the ARN of a version of a layer`)
    }
    const { layerName, version } = named
    const isForeign = named.scope.accountId !== scope.accountId
    if (isForeign || named.scope.region !== scope.region) {
      throw invalid(`Layer version ${arn} is of another account or Region; publish it here, too`)
    }
    if (names.has(layerName)) {
      throw invalid(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${arn}`,
      )
    }
    names.add(layerName)
    const found = listLayerVersions(context, named).find((it) => it.version === version)
    if (found === undefined) throw invalid(`Layer version ${arn} does not exist.`)
    const { sha256, codeSize } = found
    return { arn: `${layerArn(layerName, named.scope)}:${version}`, sha256, codeSize }
  })
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
