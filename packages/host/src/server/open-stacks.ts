// CloudFormation of this host: the engine with its types of resources, over the same operations that
// clients call.
import type { Api } from '../api/create-api.ts'
import type { BucketStore } from '../code/buckets/open-bucket-store.ts'
import type { ImageBuilds } from '../code/image-builds.ts'
import type { Log } from '../kernel/log.ts'
import type { Scope } from '../kernel/scope.ts'
import { customResourceTypes } from '../stacks/custom-resources/custom-resource-types.ts'
import type { Responses } from '../stacks/custom-resources/responses.ts'
import { openStacks } from '../stacks/open-stacks.ts'
import type { SsmParameters } from '../stacks/ssm-parameters/ssm-parameters.ts'
import type { CallAws } from '../stacks/resource-type.ts'
import { resourceTypes } from '../stacks/resource-types/table.ts'
import type { SecretReference, Stacks } from '../stacks/stacks.ts'
import type { Waiters } from '../stacks/waiters/waiters.ts'
import type { Features } from './features.ts'
import { invokeProvider } from './invoke-provider.ts'
import { readTemplateUrl } from './read-template-url.ts'

interface HostStacksOptions {
  readonly features: Features
  readonly bucketStore: BucketStore
  readonly imageBuilds: ImageBuilds
  readonly ssmParameters: SsmParameters
  readonly responses: Responses
  readonly waiters: Waiters
  /** Asked for when the first resource is made: the API is built over the stacks. */
  readonly api: () => Api
  readonly baseUrl: () => string
  readonly signal: AbortSignal
  readonly log: Log
}

/** Goes on with what a former host has left unfinished. */
export function openHostStacks(options: HostStacksOptions): Promise<Stacks> {
  const { features, bucketStore, imageBuilds, ssmParameters, responses, waiters, log } = options
  const { store, sealer, objects, functions } = features
  const custom = customResourceTypes({
    invokeFunction: invokeProvider(functions),
    responses,
    waiters,
    registerBuild: (build) => imageBuilds.register(build),
  })
  return openStacks({
    store,
    sealer,
    log,
    types: new Map([...resourceTypes({ buckets: bucketStore.buckets }), ...custom]),
    aws: (scope) => callAws(scope, options),
    readTemplateUrl: (scope, url) => readTemplateUrl(url, { objects, scope }),
    readParameter: async (scope, name) => ssmParameters.find(scope, name)?.value,
    readSecret: readSecretOf(options),
  })
}

/** A stack acts as CloudFormation does in its account. */
function callAws(scope: Scope, { api, baseUrl, signal }: HostStacksOptions): CallAws {
  const caller = {
    scope,
    accessKeyId: 'cloudformation',
    arn: `arn:aws:iam::${scope.accountId}:root`,
    userId: scope.accountId,
  }
  return async <Output>(service: string, operation: string, input: object) => {
    const asked = { service, operation, input }
    return (await api().call(asked, { caller, baseUrl: baseUrl(), signal })) as Output
  }
}

function readSecretOf(options: HostStacksOptions) {
  return async (scope: Scope, reference: SecretReference): Promise<string | undefined> => {
    const { secretId: SecretId, versionId, versionStage } = reference
    const { SecretString } = await callAws(scope, options)<{ SecretString?: string }>(
      'secretsmanager',
      'GetSecretValue',
      {
        SecretId,
        ...(versionId !== undefined && { VersionId: versionId }),
        ...(versionStage !== undefined && { VersionStage: versionStage }),
      },
    )
    return SecretString
  }
}
