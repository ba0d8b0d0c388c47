import type { ResourceRequest, ResourceType } from '../resource-type.ts'
import { asText } from './as-text.ts'
import { changes } from './changes.ts'
import type { ResourceTypePorts } from './ports.ts'
import { ignoreMissing } from './refusals.ts'

/** AWS::S3::BucketPolicy: kept with its bucket and told to who asks; a bucket is its own account's. */
export function bucketPolicyType({ buckets }: ResourceTypePorts): ResourceType {
  const write = async ({ scope, properties }: ResourceRequest) => {
    const name = asText(properties['Bucket'])
    const policy = JSON.stringify(properties['PolicyDocument'])
    await buckets.change(scope, name, (settings) => ({ ...settings, policy }))
    return { physicalId: name, attributes: {} }
  }
  return {
    type: 'AWS::S3::BucketPolicy',
    withoutEffect: 'it is kept and shown, and a bucket is open to its own account only',
    properties: ['Bucket', 'PolicyDocument'],
    required: ['Bucket', 'PolicyDocument'],
    needsReplacement: (before, after) => changes(before, after, ['Bucket']),
    create: write,
    update: write,
    delete: ({ scope, physicalId }) =>
      ignoreMissing(() =>
        buckets.change(scope, physicalId, ({ policy: _policy, ...settings }) => settings),
      ),
  }
}
