import { layerArn, parseLayerIdentifier, type LayerVersion } from '../../functions/layer-record.ts'
import {
  deleteLayerVersion,
  getLayerVersion,
  listLayers,
  listLayerVersions,
  publishLayerVersion,
  type LayerName,
} from '../../functions/layers.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { AwsCall, Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import type { LambdaContext } from './lambda-context.ts'
import { readCode } from './read-code.ts'
import type { GetLayerVersionResponse, LambdaOperations, LayerVersionsListItem } from './shapes.ts'

type Operations = Pick<
  LambdaOperations,
  | 'PublishLayerVersion'
  | 'GetLayerVersion'
  | 'ListLayerVersions'
  | 'ListLayers'
  | 'DeleteLayerVersion'
>

interface Wanted {
  readonly CompatibleRuntime?: string | undefined
  readonly CompatibleArchitecture?: string | undefined
}

/** Lambda API reference, ListLayers and ListLayerVersions. */
const PAGE = 50

/**
 * Layers of the caller's own account.
 * What is missing: permissions for other accounts, and the download link of GetLayerVersion.
 */
export function layerOperations({ control }: LambdaContext): Handlers<Operations> {
  return {
    async PublishLayerVersion(request, call) {
      const layer = readLayerName(call, request.LayerName)
      const version = await publishLayerVersion(control, layer, {
        source: readCode(request.Content),
        description: request.Description ?? '',
        licenseInfo: request.LicenseInfo,
        compatibleRuntimes: request.CompatibleRuntimes ?? [],
        compatibleArchitectures: request.CompatibleArchitectures ?? [],
      })
      return describeVersion(layer, version)
    },

    GetLayerVersion({ LayerName, VersionNumber }, call) {
      const layer = readLayerName(call, LayerName)
      return describeVersion(layer, getLayerVersion(control, layer, VersionNumber))
    },

    ListLayerVersions({ LayerName, Marker, MaxItems, ...wanted }, call) {
      const layer = readLayerName(call, LayerName)
      const versions = listLayerVersions(control, layer).filter((it) => isWanted(it, wanted))
      const { items, nextToken } = paginate(versions, {
        maxResults: MaxItems,
        nextToken: Marker,
        limit: PAGE,
        keyOf: newestFirst,
      })
      return { LayerVersions: items.map((it) => describeItem(layer, it)), NextMarker: nextToken }
    },

    ListLayers({ Marker, MaxItems, ...wanted }, { scope }) {
      const layers = listLayers(control, scope).flatMap((layer) => {
        const latest = layer.versions.findLast((it) => isWanted(it, wanted))
        return latest === undefined ? [] : [{ layer, latest }]
      })
      const { items, nextToken } = paginate(layers, {
        maxResults: MaxItems,
        nextToken: Marker,
        limit: PAGE,
        keyOf: ({ layer }) => layer.layerName,
      })
      return {
        Layers: items.map(({ layer, latest }) => ({
          LayerName: layer.layerName,
          LayerArn: layerArn(layer.layerName, layer.scope),
          LatestMatchingVersion: describeItem(layer, latest),
        })),
        NextMarker: nextToken,
      }
    },

    async DeleteLayerVersion({ LayerName, VersionNumber }, call) {
      await deleteLayerVersion(control, readLayerName(call, LayerName), VersionNumber)
      return {}
    },
  }
}

function readLayerName({ scope, caller }: AwsCall, text: string): LayerName {
  const layer = parseLayerIdentifier(text, scope)
  const isOwn = layer.scope.accountId === scope.accountId && layer.scope.region === scope.region
  if (isOwn) return layer
  throw new HostError(
    'ERR_FORBIDDEN',
    `${caller.arn} may not use ${text}: layers are used in their own account and Region here`,
  )
}

function isWanted(version: LayerVersion, wanted: Wanted): boolean {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = wanted
  return (
    (runtime === undefined || version.compatibleRuntimes.includes(runtime)) &&
    (architecture === undefined || version.compatibleArchitectures.includes(architecture))
  )
}

/** Numbers as texts that sort the other way round. */
function newestFirst({ version }: LayerVersion): string {
  return String(Number.MAX_SAFE_INTEGER - version).padStart(16, '0')
}

function describeItem({ layerName, scope }: LayerName, it: LayerVersion): LayerVersionsListItem {
  return {
    LayerVersionArn: `${layerArn(layerName, scope)}:${it.version}`,
    Version: it.version,
    Description: it.description,
    CreatedDate: it.createdDate.replace('Z', '+0000'),
    CompatibleRuntimes: it.compatibleRuntimes as LayerVersionsListItem['CompatibleRuntimes'],
    CompatibleArchitectures:
      it.compatibleArchitectures as LayerVersionsListItem['CompatibleArchitectures'],
    ...(it.licenseInfo !== undefined && { LicenseInfo: it.licenseInfo }),
  }
}

function describeVersion(layer: LayerName, it: LayerVersion): GetLayerVersionResponse {
  return {
    ...describeItem(layer, it),
    LayerArn: layerArn(layer.layerName, layer.scope),
    Content: { CodeSha256: it.sha256, CodeSize: it.codeSize },
  }
}
