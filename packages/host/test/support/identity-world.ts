// Identity with its AWS operations on a port of its own, a clock that tests move, and SDK clients. The
// store may be a file, so that a world can end and another one go on from it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore'
import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { resourceTokenOperations } from '../../src/api/bedrock-agentcore/resource-tokens.ts'
import { createAgentCoreService } from '../../src/api/bedrock-agentcore/service.ts'
import { workloadTokenOperations } from '../../src/api/bedrock-agentcore/workload-access-tokens.ts'
import { apiKeyProviderOperations } from '../../src/api/bedrock-agentcore-control/api-key-credential-providers.ts'
import { oauth2ProviderOperations } from '../../src/api/bedrock-agentcore-control/oauth2-credential-providers.ts'
import { createAgentCoreControlService } from '../../src/api/bedrock-agentcore-control/service.ts'
import { tagOperations } from '../../src/api/bedrock-agentcore-control/tags.ts'
import { tokenVaultOperations } from '../../src/api/bedrock-agentcore-control/token-vault.ts'
import { workloadIdentityOperations } from '../../src/api/bedrock-agentcore-control/workload-identities.ts'
import { createApi } from '../../src/api/create-api.ts'
import { createSecretsManagerService } from '../../src/api/secretsmanager/service.ts'
import { createAwsAuthenticator } from '../../src/aws/authenticate.ts'
import { sendAnswer } from '../../src/http/exchange.ts'
import { isIdentityBrowserPath } from '../../src/identity/browser-paths.ts'
import { prepareIdentity } from '../../src/identity/prepare-identity.ts'
import { jsonLog } from '../../src/kernel/log.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { loadSealer } from '../../src/kernel/seal.ts'
import { openStore } from '../../src/store/store.ts'

export interface IdentityWorldOptions {
  /** Default: in memory. */
  readonly database?: string
  readonly port?: number
  readonly createMissingWorkloadIdentities?: boolean
  readonly allowLoopback?: boolean
  /** Milliseconds since 1970. */
  readonly startAtMs?: number
}

export type IdentityWorld = Awaited<ReturnType<typeof startIdentityWorld>>

export async function startIdentityWorld(options: IdentityWorldOptions = {}) {
  const { database = ':memory:', port = 0, allowLoopback = true } = options
  const { createMissingWorkloadIdentities = false, startAtMs = Date.now() } = options
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: listening } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${listening}`

  const store = openStore(database)
  const sealer = await loadSealer({ key: Buffer.alloc(32, 7).toString('base64') })
  const clock = { nowMs: startAtMs }
  let logged = ''
  const log = jsonLog((line) => (logged += line))
  const prepared = await prepareIdentity({
    store,
    sealer,
    log,
    publicUrl: () => url,
    allowLoopback,
    createMissingWorkloadIdentities,
    now: () => clock.nowMs,
  })
  const identity = await prepared.whole()
  const control = createAgentCoreControlService([
    workloadIdentityOperations({ identity }),
    oauth2ProviderOperations({ identity }),
    apiKeyProviderOperations({ identity }),
    tokenVaultOperations({ identity }),
    tagOperations([identity.tagged]),
  ])
  const data = createAgentCoreService([
    workloadTokenOperations({ identity }),
    resourceTokenOperations({ identity }),
  ])
  const authenticator = createAwsAuthenticator({
    mode: 'well-formed',
    accessKeys: { find: () => undefined },
    defaultAccountId: DEFAULT_SCOPE.accountId,
  })
  const services = [control, data, createSecretsManagerService({ identity })]
  const api = createApi({ services, authenticator, store, sealer, log })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '', headers } = request
    const [path = '', query = ''] = target.split('?', 2)
    if (isIdentityBrowserPath(path)) {
      return sendAnswer(response, await prepared.serveBrowser({ method, path, query }))
    }
    const { signal } = new AbortController()
    const known = { requestId: 'request', method, path, query, headers, baseUrl: url, signal }
    await api.serve({ ...known, request, response })
  }

  return {
    url,
    port: listening,
    prepared,
    identity,
    clock,
    /** Everything that was logged. */
    logged: () => logged,
    clients({ accountId = 'AKIDEXAMPLE', region = 'us-east-1' } = {}) {
      const credentials = { accessKeyId: accountId, secretAccessKey: 'secret' }
      const config = { endpoint: url, region, credentials, maxAttempts: 1 }
      return {
        control: new BedrockAgentCoreControlClient(config),
        data: new BedrockAgentCoreClient(config),
        secrets: new SecretsManagerClient(config),
      }
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await store[Symbol.asyncDispose]()
    },
  }
}
