import {
  repositoryArn,
  repositoryUri,
  type Repositories,
  type Repository,
} from '../../stacks/repositories.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { refuseOtherRegistry } from './own-registry.ts'
import type { CreateRepositoryRequest, EcrOperations, Repository as Described } from './shapes.ts'
import { readTags } from './tags.ts'

const PAGE = 100

export function repositoryOperations(repositories: Repositories): Handlers<EcrOperations> {
  return {
    async CreateRepository(input, { scope }) {
      refuseOtherRegistry(input.registryId, scope)
      const repository = await repositories.create(scope, input.repositoryName, {
        tags: readTags(input.tags ?? []),
        settings: readSettings(input),
      })
      return { repository: describe(repository) }
    },
    async DeleteRepository({ registryId, repositoryName, force = false }, { scope }) {
      refuseOtherRegistry(registryId, scope)
      return { repository: describe(await repositories.delete(scope, repositoryName, force)) }
    },
    DescribeRepositories({ registryId, repositoryNames, maxResults, nextToken }, { scope }) {
      refuseOtherRegistry(registryId, scope)
      if (repositoryNames !== undefined) {
        const named = repositoryNames.map((name) => repositories.get(scope, name))
        return { repositories: named.map(describe) }
      }
      const page = paginate(repositories.list(scope), {
        maxResults,
        nextToken,
        limit: maxResults ?? PAGE,
        keyOf: ({ name }) => name,
      })
      return { repositories: page.items.map(describe), nextToken: page.nextToken }
    },
  }
}

function readSettings(input: CreateRepositoryRequest) {
  const { imageTagMutability = 'MUTABLE', imageScanningConfiguration, ...rest } = input
  if (rest.imageTagMutabilityExclusionFilters !== undefined) {
    const message = 'imageTagMutabilityExclusionFilters are not supported by this host'
    throw new HostError('ERR_NOT_SUPPORTED', message)
  }
  const { encryptionType = 'AES256', kmsKey } = rest.encryptionConfiguration ?? {}
  return {
    imageTagMutability,
    scanOnPush: imageScanningConfiguration?.scanOnPush ?? false,
    encryption: { encryptionType, ...(kmsKey !== undefined && { kmsKey }) },
  }
}

function describe(repository: Repository): Described {
  const { scope, name, createdAtMs, settings } = repository
  return {
    repositoryArn: repositoryArn(repository),
    registryId: scope.accountId,
    repositoryName: name,
    repositoryUri: repositoryUri(repository),
    createdAt: new Date(createdAtMs),
    imageTagMutability: settings.imageTagMutability,
    imageScanningConfiguration: { scanOnPush: settings.scanOnPush },
    encryptionConfiguration: settings.encryption,
  }
}
