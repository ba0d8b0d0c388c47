import type { Api } from '../api/create-api.ts'
import type { Log } from '../kernel/log.ts'
import type { Features } from './features.ts'
import type { HostSettings } from './host-settings.ts'

interface LazyApiOptions {
  readonly settings: HostSettings
  readonly log: Log
}

/** The API's tables and codecs are loaded by the first request for it; most of `up` has none. */
export function lazyApi(features: Features, options: LazyApiOptions): () => Promise<Api> {
  let api: Promise<Api> | undefined
  return () =>
    (api ??= loadApi(features, options).catch((error: unknown) => {
      api = undefined // the next request tries again
      throw error
    }))
}

async function loadApi(features: Features, { settings, log }: LazyApiOptions): Promise<Api> {
  const { awsApi } = await import('./aws-api.ts')
  return awsApi({
    ...features,
    functionControl: await features.storedFunctions.control(),
    identity: await features.identity.whole(),
    verifiesSignatures: settings.accessKeys !== undefined,
    log,
  })
}
