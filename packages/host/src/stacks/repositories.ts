// Repositories of container images (ECR 2015-09-21), as rows: a name, a URI, settings and tags.
//
// No registry listens here. An image gets into a repository as a build folder that a deployment hands
// over (code/image-builds.ts), so `docker push`, manifests, scans and lifecycle rules have no place;
// settings for them are kept and shown.
import { AwsFault } from '../aws/aws-fault.ts'
import { parseArn } from '../aws/arn.ts'
import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import { createTurns } from '../kernel/turns.ts'
import type { Store } from '../store/store.ts'
import { loadScopedRows } from '../store/scoped-rows.ts'

export interface Repository {
  readonly scope: Scope
  readonly name: string
  readonly createdAtMs: number
  readonly tags: Readonly<Record<string, string>>
  /** As the creator gave them; none has an effect here. */
  readonly settings: RepositorySettings
}

export interface RepositorySettings {
  readonly imageTagMutability: TagMutability
  readonly scanOnPush: boolean
  readonly encryption: { readonly encryptionType: EncryptionType; readonly kmsKey?: string }
}

export type TagMutability =
  | 'MUTABLE'
  | 'IMMUTABLE'
  | 'IMMUTABLE_WITH_EXCLUSION'
  | 'MUTABLE_WITH_EXCLUSION'
export type EncryptionType = 'AES256' | 'KMS' | 'KMS_DSSE'

export interface Repositories {
  create(scope: Scope, name: string, rest: NewRepository): Promise<Repository>
  /** Throws RepositoryNotFoundException. */
  get(scope: Scope, name: string): Repository
  getByArn(scope: Scope, arn: string): Repository
  list(scope: Scope): readonly Repository[]
  images(repository: Repository): Promise<readonly RepositoryImage[]>
  /** With its images only when forced. */
  delete(scope: Scope, name: string, isForced: boolean): Promise<Repository>
  /** What is undefined is removed. */
  changeTags(repository: Repository, tags: TagChange): Promise<void>
}

export type NewRepository = Pick<Repository, 'tags' | 'settings'>
type TagChange = Readonly<Record<string, string | undefined>>

export interface RepositoryImage {
  readonly tag: string
  readonly digest: string
  readonly sizeBytes: number
  readonly registeredAt: Date
}

/** The build folders that deployments have handed over, by the repository in their image URI. */
export interface ImageShelf {
  list(repositoryUri: string): Promise<readonly RepositoryImage[]>
  clear(repositoryUri: string): Promise<void>
}

interface RepositoriesOptions {
  readonly store: Store
  readonly images: ImageShelf
  readonly now?: () => number
}

const MAX_REPOSITORIES = 100_000
const MAX_TAGS = 50

export async function openRepositories(options: RepositoriesOptions): Promise<Repositories> {
  const { store, images, now = Date.now } = options
  const rows = await loadScopedRows<Repository>(store, 'ecr-repository')
  const inTurn = createTurns()
  const get = (scope: Scope, name: string): Repository => {
    const repository = rows.find(scope, name)
    if (repository) return repository
    throw fault('RepositoryNotFoundException', `${describe(name)} does not exist`, scope)
  }

  return {
    get,
    getByArn(scope, arn) {
      const { service, accountId = '', region = '', resource = '' } = parseArn(arn) ?? {}
      const isOwn = service === 'ecr' && scopeKey({ accountId, region }) === scopeKey(scope)
      if (isOwn && resource.startsWith('repository/')) {
        return get(scope, resource.slice('repository/'.length))
      }
      throw new HostError('ERR_INVALID_INPUT', `${arn} is no repository of this account and Region`)
    },
    list: (scope) => rows.list(scope),
    images: (repository) => images.list(repositoryUri(repository)),
    create: (scope, name, { tags, settings }) =>
      inTurn(async () => {
        checkTags(tags)
        if (rows.find(scope, name)) {
          throw fault('RepositoryAlreadyExistsException', `${describe(name)} already exists`, scope)
        }
        if (rows.list(scope).length >= MAX_REPOSITORIES) {
          const limit = `An account has at most ${MAX_REPOSITORIES} repositories in a Region`
          throw new HostError('ERR_LIMIT_EXCEEDED', limit)
        }
        const repository = { scope, name, createdAtMs: now(), tags, settings }
        await rows.put(repository)
        return repository
      }),
    delete: (scope, name, isForced) =>
      inTurn(async () => {
        const repository = get(scope, name)
        const uri = repositoryUri(repository)
        if (!isForced && (await images.list(uri)).length > 0) {
          throw new AwsFault(
            'RepositoryNotEmptyException',
            400,
            `${describe(name)} in registry with id '${scope.accountId}' cannot be deleted because it still contains images`,
          )
        }
        await images.clear(uri)
        await rows.remove(repository)
        return repository
      }),
    changeTags: ({ scope, name }, change) =>
      inTurn(async () => {
        const repository = get(scope, name)
        const tags = Object.fromEntries(
          Object.entries({ ...repository.tags, ...change }).filter(
            (entry): entry is [string, string] => entry[1] !== undefined,
          ),
        )
        checkTags(tags)
        await rows.put({ ...repository, tags })
      }),
  }
}

export function repositoryArn({ scope, name }: Pick<Repository, 'scope' | 'name'>): string {
  return `arn:aws:ecr:${scope.region}:${scope.accountId}:repository/${name}`
}

/** What an image's URI begins with; the tag follows behind a colon. */
export function repositoryUri({ scope, name }: Pick<Repository, 'scope' | 'name'>): string {
  return `${scope.accountId}.dkr.ecr.${scope.region}.amazonaws.com/${name}`
}

function checkTags(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length <= MAX_TAGS) return
  throw new AwsFault('TooManyTagsException', 400, `A repository has at most ${MAX_TAGS} tags`)
}

function describe(name: string): string {
  return `The repository with name '${name}'`
}

function fault(errorName: string, what: string, { accountId }: Scope): AwsFault {
  return new AwsFault(errorName, 400, `${what} in the registry with id '${accountId}'`)
}
