import { AwsFault } from '../../aws/aws-fault.ts'
import type { Repositories, Repository, RepositoryImage } from '../../stacks/repositories.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { refuseOtherRegistry } from './own-registry.ts'
import type { EcrOperations, ImageDetail, ImageIdentifier } from './shapes.ts'

const PAGE = 100

/** What deployments have registered: every image has one tag, and none is archived. */
export function imageOperations(repositories: Repositories): Handlers<EcrOperations> {
  return {
    async DescribeImages(input, { scope }) {
      refuseOtherRegistry(input.registryId, scope)
      const repository = repositories.get(scope, input.repositoryName)
      const images = await repositories.images(repository)
      if (input.imageIds !== undefined) {
        const named = input.imageIds.map((id) => findImage(images, id, repository))
        return { imageDetails: named.map((image) => describeImage(image, repository)) }
      }
      const page = pageOf(images.filter(chosenBy(input.filter)), input)
      return {
        imageDetails: page.items.map((image) => describeImage(image, repository)),
        nextToken: page.nextToken,
      }
    },
    async ListImages(input, { scope }) {
      refuseOtherRegistry(input.registryId, scope)
      const repository = repositories.get(scope, input.repositoryName)
      const images = await repositories.images(repository)
      const page = pageOf(images.filter(chosenBy(input.filter)), input)
      return {
        imageIds: page.items.map(({ tag, digest }) => ({ imageTag: tag, imageDigest: digest })),
        nextToken: page.nextToken,
      }
    },
  }
}

interface PageInput {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

function pageOf(images: readonly RepositoryImage[], { maxResults, nextToken }: PageInput) {
  const limit = maxResults ?? PAGE
  return paginate(images, { maxResults, nextToken, limit, keyOf: ({ tag }) => tag })
}

interface Filter {
  readonly tagStatus?: string | undefined
  readonly imageStatus?: string | undefined
}

function chosenBy({ tagStatus = 'ANY', imageStatus = 'ACTIVE' }: Filter = {}) {
  const isChosen = tagStatus !== 'UNTAGGED' && ['ACTIVE', 'ANY'].includes(imageStatus)
  return () => isChosen
}

function findImage(
  images: readonly RepositoryImage[],
  { imageTag, imageDigest }: ImageIdentifier,
  { name, scope }: Repository,
): RepositoryImage {
  const image = images.find(
    ({ tag, digest }) =>
      (imageTag ?? imageDigest) !== undefined &&
      (imageTag ?? tag) === tag &&
      (imageDigest ?? digest) === digest,
  )
  if (image) return image
  const shown = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  throw new AwsFault(
    'ImageNotFoundException',
    400,
    `The image with imageId ${shown} does not exist within the repository with name '${name}' in the registry with id '${scope.accountId}'`,
  )
}

function describeImage(image: RepositoryImage, { name, scope }: Repository): ImageDetail {
  return {
    registryId: scope.accountId,
    repositoryName: name,
    imageDigest: image.digest,
    imageTags: [image.tag],
    imageSizeInBytes: image.sizeBytes,
    imagePushedAt: image.registeredAt,
    imageStatus: 'ACTIVE',
  }
}
