// What AWS clients reach: the services that models describe, S3, and where custom resources answer.
import type { Api } from '../api/create-api.ts'
import { createS3 } from '../api/s3/create-s3.ts'
import { createResponses, RESPONSES_PATH } from '../stacks/custom-resources/responses.ts'
import { openRepositories } from '../stacks/repositories.ts'
import { openSsmParameters } from '../stacks/ssm-parameters/ssm-parameters.ts'
import { isForStepFunctions, serveExecution } from '../stacks/waiters/serve-executions.ts'
import { createWaiters } from '../stacks/waiters/waiters.ts'
import { awsApi } from './aws-api.ts'
import type { Features } from './features.ts'
import { invokeTask } from './invoke-task.ts'
import { openHostStacks } from './open-stacks.ts'
import type { Surface } from './surface.ts'
import type { SurfaceOptions } from './surface-options.ts'

/** Opens what only AWS clients need, and goes on with stacks that a former host has left unfinished. */
export async function openSurfaces(
  features: Features,
  { settings, baseUrl, cleanup, log }: SurfaceOptions,
): Promise<readonly Surface[]> {
  const { store, sealer, authenticator } = features
  const functionControl = await features.storedFunctions.control()
  const identity = await features.identity.whole()
  const bucketStore = await features.bucketStore()
  const imageBuilds = await features.imageBuilds()
  const waiters = createWaiters({ store, invokeTask: invokeTask(features.functions), log })
  const responses = createResponses({ baseUrl })
  const ssmParameters = await openSsmParameters({ store, sealer })
  const repositories = await openRepositories({ store, images: imageBuilds })
  const stopping = new AbortController()
  let api: Api | undefined
  // From here on nothing may fail: a second try would open the stacks a second time.
  const stacks = cleanup.use(
    await openHostStacks({
      features,
      bucketStore,
      imageBuilds,
      ssmParameters,
      responses,
      waiters,
      api: () => needApi(api),
      baseUrl,
      signal: stopping.signal,
      log,
    }),
  )
  cleanup.defer(() => waiters[Symbol.dispose]())
  cleanup.defer(() => stopping.abort())
  api = awsApi({
    ...features,
    functionControl,
    identity,
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
    {
      owns: isForStepFunctions,
      serve: (exchange) => serveExecution(exchange, { authenticator, waiters }),
    },
    api,
  ]
}

function needApi(api: Api | undefined): Api {
  if (api === undefined) throw new Error('A stack went on before the API was there')
  return api
}
