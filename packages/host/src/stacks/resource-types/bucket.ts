import { isBucketName } from '../../code/buckets/names.ts'
import { HostError } from '../../kernel/host-error.ts'
import type {
  ResourceContext,
  ResourceRequest,
  ResourceState,
  ResourceType,
} from '../resource-type.ts'
import { changes } from './changes.ts'
import { ignoreMissing } from './refusals.ts'
import { createOnce } from './create-once.ts'
import { findNotServed } from './find-not-served.ts'
import { propertiesOf, type Gaps } from './gaps.ts'
import { isUnknown } from './unknown-values.ts'
import type { ResourceTypePorts } from './ports.ts'
import { reportIgnored } from './report-ignored.ts'
import { allTags } from './write-tags.ts'

/** Kept with the stack, and without an effect: objects are files, and only their account reaches them. */
const IGNORED = {
  AccelerateConfiguration: 'objects are files of this machine',
  AccessControl: 'a bucket is its own account’s',
  AbacStatus: 'a bucket is its own account’s',
  AnalyticsConfigurations: 'nothing is analysed',
  BucketEncryption: 'objects are files of this machine',
  BucketNamespace: 'there is one namespace',
  CorsConfiguration: 'no browser is answered',
  IntelligentTieringConfigurations: 'there is one storage class',
  InventoryConfigurations: 'no inventories are written',
  LifecycleConfiguration: 'objects do not expire',
  LoggingConfiguration: 'accesses are not logged',
  MetadataConfiguration: 'there are no metadata tables',
  MetadataTableConfiguration: 'there are no metadata tables',
  MetricsConfigurations: 'there are no metrics',
  OwnershipControls: 'a bucket is its own account’s',
  PublicAccessBlockConfiguration: 'a bucket is its own account’s',
  'VersioningConfiguration/Status=Enabled': 'a bucket keeps no earlier versions of an object',
}

const NOT_SERVED = {
  BucketNamePrefix: 'give the whole name as BucketName, or none',
  'NotificationConfiguration/*': 'nobody is notified of new objects here',
  ObjectLockEnabled: 'objects cannot be locked here',
  ReplicationConfiguration: 'there is one host, and nothing to replicate to',
  WebsiteConfiguration: 'no web sites are served here',
}

export const BUCKET_GAPS: Gaps = { ignored: IGNORED, notServed: NOT_SERVED }

/** AWS::S3::Bucket (CloudFormation's resource schema): a local bucket. */
export function bucketType({ buckets }: ResourceTypePorts): ResourceType {
  return {
    type: 'AWS::S3::Bucket',
    properties: ['BucketName', 'ObjectLockConfiguration', 'Tags', ...propertiesOf(BUCKET_GAPS)],
    required: [],
    takesTags: true,
    check({ BucketName: name, ...given }) {
      const isWrong = typeof name === 'string' && !isUnknown(name) && !isBucketName(name)
      return [
        ...(isWrong
          ? [
              `${name} cannot be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens`,
            ]
          : []),
        ...findNotServed(given, BUCKET_GAPS),
      ]
    },
    needsReplacement: (before, after) => changes(before, after, ['BucketName']),
    async create(request) {
      const { BucketName } = request.properties
      reportIgnored(request, request.properties, BUCKET_GAPS)
      const name = BucketName ?? request.generateName({ maxLength: 63, isLowerCase: true })
      if (typeof name !== 'string') throw new HostError('ERR_INVALID_INPUT', 'BucketName is a text')
      await createOnce(request, {
        async create() {
          await buckets.create(request.scope, name, { tags: tagsOf(request) })
          return {}
        },
        idOf: () => name,
        expectedId: name,
      })
      return describe(request, name)
    },
    async update(request) {
      const { physicalId: name } = request.before
      const tags = tagsOf(request)
      await buckets.change(request.scope, name, (settings) => ({ ...settings, tags }))
      return describe(request, name)
    },
    delete: ({ scope, physicalId }) => ignoreMissing(() => buckets.delete(scope, physicalId)),
  }
}

function tagsOf(request: ResourceRequest) {
  return allTags(request, { namesStack: true }, request.properties['Tags'])
}

function describe({ scope: { region } }: ResourceContext, name: string): ResourceState {
  const attributes = {
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  }
  return { physicalId: name, attributes }
}
