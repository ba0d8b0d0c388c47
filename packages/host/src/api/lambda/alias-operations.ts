import { getFunction } from '../../functions/control-context.ts'
import {
  createAlias,
  deleteAlias,
  getAlias,
  updateAlias,
} from '../../functions/function-aliases.ts'
import { qualifiedArn } from '../../functions/function-identifier.ts'
import type { FunctionAlias } from '../../functions/function-record.ts'
import type { FunctionName } from '../../functions/control-context.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { readUnqualifiedName } from './function-name.ts'
import type { LambdaContext } from './lambda-context.ts'
import type { AliasConfiguration, LambdaOperations } from './shapes.ts'

type Operations = Pick<
  LambdaOperations,
  'CreateAlias' | 'GetAlias' | 'UpdateAlias' | 'DeleteAlias' | 'ListAliases'
>

/** Lambda API reference, ListAliases. */
const PAGE = 50

export function aliasOperations({ control }: LambdaContext): Handlers<Operations> {
  return {
    async CreateAlias(request, call) {
      const named = readUnqualifiedName(call, request.FunctionName)
      const alias = await createAlias(control, named, {
        name: request.Name,
        functionVersion: request.FunctionVersion,
        description: request.Description ?? '',
        weights: request.RoutingConfig?.AdditionalVersionWeights ?? {},
      })
      return describeAlias(named, alias)
    },

    GetAlias({ FunctionName, Name }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      return describeAlias(named, getAlias(control, named, Name))
    },

    async UpdateAlias(request, call) {
      const named = readUnqualifiedName(call, request.FunctionName)
      const alias = await updateAlias(control, named, request.Name, {
        functionVersion: request.FunctionVersion,
        description: request.Description,
        weights: request.RoutingConfig && (request.RoutingConfig.AdditionalVersionWeights ?? {}),
        revisionId: request.RevisionId,
      })
      return describeAlias(named, alias)
    },

    async DeleteAlias({ FunctionName, Name }, call) {
      await deleteAlias(control, readUnqualifiedName(call, FunctionName), Name)
      return {}
    },

    ListAliases({ FunctionName, FunctionVersion, Marker, MaxItems }, call) {
      const named = readUnqualifiedName(call, FunctionName)
      const aliases = getFunction(control, named).aliases.filter(
        (it) => FunctionVersion === undefined || it.functionVersion === FunctionVersion,
      )
      const { items, nextToken } = paginate(aliases, {
        maxResults: MaxItems,
        nextToken: Marker,
        limit: PAGE,
        keyOf: ({ name }) => name,
      })
      return { Aliases: items.map((it) => describeAlias(named, it)), NextMarker: nextToken }
    },
  }
}

function describeAlias(named: FunctionName, alias: FunctionAlias): AliasConfiguration {
  const { name, functionVersion, description, weights, revisionId } = alias
  return {
    AliasArn: qualifiedArn({ ...named, qualifier: name }),
    Name: name,
    FunctionVersion: functionVersion,
    Description: description,
    ...(Object.keys(weights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
    RevisionId: revisionId,
  }
}
