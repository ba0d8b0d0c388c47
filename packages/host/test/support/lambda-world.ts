// Lambda's API over functions that really run, without the rest of a host: the AWS SDK on one side,
// child processes on the other. A world can be started again on the folder of one that was stopped.
import { join } from 'node:path'
import { LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda'
import { createApi } from '../../src/api/create-api.ts'
import { createLambdaService } from '../../src/api/lambda/service.ts'
import { createAwsAuthenticator } from '../../src/aws/authenticate.ts'
import { openCodeStore } from '../../src/code/code-store.ts'
import { openObjects } from '../../src/code/object-store.ts'
import type { FunctionControlOptions } from '../../src/functions/function-control.ts'
import {
  startFunctions,
  type FunctionHostOptions,
  type Functions,
} from '../../src/functions/functions.ts'
import { openStoredFunctions } from '../../src/functions/stored-functions.ts'
import { createCleanup } from '../../src/kernel/cleanup.ts'
import { jsonLog } from '../../src/kernel/log.ts'
import { loadSealer } from '../../src/kernel/seal.ts'
import { listen } from '../../src/server/listen.ts'
import { watchSources } from '../../src/server/watch.ts'
import { openStore } from '../../src/store/store.ts'

export interface LambdaWorld extends AsyncDisposable {
  readonly client: LambdaClient
  readonly functions: Functions
  readonly url: string
  /** What the host has logged. */
  readonly logged: string[]
  clientOf(who: { readonly accountId?: string; readonly region?: string }): LambdaClient
}

interface LambdaWorldOptions {
  readonly dataDir: string
  readonly functions?: Partial<FunctionHostOptions>
  readonly control?: Partial<FunctionControlOptions>
}

/** Everything an update of code makes superfluous goes at once. */
const IMPATIENT = { sweepDelayMs: 10, retryDelaysMs: [10, 10] }

export async function startLambdaWorld(options: LambdaWorldOptions): Promise<LambdaWorld> {
  const { dataDir } = options
  const logged: string[] = []
  const log = jsonLog((line) => logged.push(line))
  const cleanup = createCleanup()
  const store = cleanup.use(openStore(join(dataDir, 'catamaran.db')))
  const sealer = await loadSealer(join(dataDir, 'master.key'))
  const functions = cleanup.use(
    await startFunctions({
      log,
      logDir: join(dataDir, 'logs'),
      tempDir: join(dataDir, 'tmp'),
      maxConcurrency: 10,
      idleMs: 60_000,
      path: process.env['PATH'] ?? '/usr/bin:/bin',
      ...options.functions,
    }),
  )
  const stored = cleanup.use(
    await openStoredFunctions({
      functions,
      store,
      sealer,
      log,
      code: openCodeStore({ dir: join(dataDir, 'code'), graceMs: 50 }),
      objects: openObjects({ bucketsDir: join(dataDir, 'buckets'), allowFiles: false }),
      watchFolder: watchSources,
      ...IMPATIENT,
      ...options.control,
    }),
  )
  const control = await stored.control()
  const authenticator = createAwsAuthenticator({
    mode: 'well-formed',
    accessKeys: { find: () => undefined },
    defaultAccountId: '000000000000',
  })
  const services = [createLambdaService({ functions, control })]
  const api = createApi({ services, authenticator, store, sealer, log })
  const listener = await listen({
    host: '127.0.0.1',
    ports: [0],
    allowed: { hosts: new Set(), origins: new Set() },
    log,
    serve: (exchange) => api.serve(exchange),
  })
  cleanup.defer(() => listener.close(0))
  const clientOf: LambdaWorld['clientOf'] = ({ accountId = 'AKIDEXAMPLE', region = 'us-east-1' }) =>
    new LambdaClient({ ...clientConfig(listener.url, accountId), region })
  return {
    client: clientOf({}),
    functions,
    url: listener.url,
    logged,
    clientOf,
    [Symbol.asyncDispose]: () => cleanup.run(),
  }
}

function clientConfig(endpoint: string, accessKeyId: string): LambdaClientConfig {
  return { endpoint, credentials: { accessKeyId, secretAccessKey: 'secret' }, maxAttempts: 1 }
}
