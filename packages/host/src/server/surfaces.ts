// What AWS clients reach: the services that models describe, S3, and where custom resources answer.
import type { Api } from '../api/create-api.ts'
import { openBucketStore } from '../code/buckets/open-bucket-store.ts'
import { openImageBuilds } from '../code/image-builds.ts'
import { createResponses, RESPONSES_PATH } from '../stacks/custom-resources/responses.ts'
import { openRepositories } from '../stacks/repositories.ts'
import { openSsmParameters } from '../stacks/ssm-parameters/ssm-parameters.ts'
import { createS3 } from '../api/s3/create-s3.ts'
import { awsApi } from './aws-api.ts'
import type { Features } from './features.ts'
import { openHostStacks } from './open-stacks.ts'
import type { Surface } from './surface.ts'
import type { SurfaceOptions } from './surface-options.ts'

/** Opens what only AWS clients need, and goes on with stacks that a former host has left unfinished. */
export async function openSurfaces(
  features: Features,
  { settings, baseUrl, cleanup, log }: SurfaceOptions,
): Promise<readonly Surface[]> {
  const { store, sealer, authenticator } = features
  const bucketStore = openBucketStore({ bucketsDir: features.bucketsDir })
  const imageBuilds = openImageBuilds(bucketStore)
  const responses = createResponses({ baseUrl })
  const ssmParameters = await openSsmParameters({ store, sealer })
  const repositories = await openRepositories({
    store,
    images: imageBuilds,
  })
  const stopping = new AbortController()
  let api: Api | undefined
  const stacks = cleanup.use(
    await openHostStacks({
      features,
      bucketStore,
      imageBuilds,
      ssmParameters,
      responses,
      api: () => needApi(api),
      baseUrl,
      signal: stopping.signal,
      log,
    }),
  )
  cleanup.defer(() => stopping.abort())
  api = awsApi({
    ...features,
    functionControl: await features.storedFunctions.control(),
    identity: await features.identity.whole(),
    verifiesSignatures: settings.accessKeys !== undefined,
    stacks,
    ssmParameters,
    repositories,
    log,
  })
  stacks.resume()
  const s3 = createS3({ store: bucketStore, authenticator, log })
  return [
    s3,
    {
      owns: ({ path }) => path.startsWith(RESPONSES_PATH),
      serve: (exchange) => responses.serveResponse(exchange),
    },
    api,
  ]
}

function needApi(api: Api | undefined): Api {
  if (api === undefined) throw new Error('A stack went on before the API was there')
  return api
}
