import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApi } from '../../src/api/create-api.ts'
import type { Service } from '../../src/api/create-service.ts'
import {
  createAwsAuthenticator,
  type AccessKey,
  type AwsAuthenticatorOptions,
} from '../../src/aws/authenticate.ts'
import { http } from '../../src/http/node-http.ts'
import { loadSealer, type Sealer } from '../../src/kernel/seal.ts'
import { openStore, type Store } from '../../src/store/store.ts'

/** A key that the API below knows. */
export const ACCESS_KEY = {
  accessKeyId: 'AKIDEXAMPLE0000',
  secretAccessKey: 'secret/of+the=example',
} as const

export const ACCOUNT_ID = '111122223333'

const KNOWN: AccessKey = {
  ...ACCESS_KEY,
  accountId: ACCOUNT_ID,
  arn: `arn:aws:iam::${ACCOUNT_ID}:user/example`,
  userId: 'AIDAEXAMPLE',
}

export interface AwsApiOptions extends Partial<AwsAuthenticatorOptions> {
  readonly services: readonly Service[]
  readonly store?: Store
  readonly sealer?: Sealer
}

/** The AWS API alone, on a port of its own, with the services a test hands it. */
export async function startAwsApi(options: AwsApiOptions) {
  const { services, mode = 'verify', ...rest } = options
  const unexpected: unknown[] = []
  const note = (message: string, fields?: object) => void unexpected.push({ message, ...fields })
  const api = createApi({
    services,
    authenticator: createAwsAuthenticator({
      mode,
      defaultAccountId: '000000000000',
      accessKeys: { find: (id) => (id === ACCESS_KEY.accessKeyId ? KNOWN : undefined) },
      ...rest,
    }),
    store: options.store ?? openStore(':memory:'),
    sealer: options.sealer ?? (await testSealer()),
    log: { info() {}, warn() {}, error: note },
  })
  const server = http.createServer((request, response) => {
    const [path = '/', ...query] = (request.url ?? '/').split('?')
    const { method = 'GET', headers } = request
    void api.serve({
      requestId: randomUUID(),
      method,
      path,
      query: query.join('?'),
      headers,
      baseUrl: `http://${headers.host ?? ''}`,
      signal: new AbortController().signal,
      request,
      response,
    })
  })
  server.on('clientError', (_, socket) =>
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\nx-amzn-errortype: X\r\n\r\n'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    endpoint,
    /** Everything an SDK client needs to be a client of it. */
    client: { endpoint, region: 'us-east-1', credentials: ACCESS_KEY, maxAttempts: 1 },
    /** What the API did not foresee. */
    unexpected,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function testSealer(): Promise<Sealer> {
  return loadSealer({ key: '0f'.repeat(32) })
}
