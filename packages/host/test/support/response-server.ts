// A listener that serves nothing but the response URLs of custom resources.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Exchange } from '../../src/http/exchange.ts'
import { http } from '../../src/http/node-http.ts'
import { createResponses, type Responses } from '../../src/stacks/custom-resources/responses.ts'

export async function startResponseServer(): Promise<
  { readonly responses: Responses } & AsyncDisposable
> {
  let baseUrl = ''
  const responses = createResponses({ baseUrl: () => baseUrl })
  const server = http.createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    const exchange: Exchange = {
      requestId: 'r-1',
      method,
      path,
      query: '',
      headers,
      baseUrl,
      signal: new AbortController().signal,
      request,
      response,
    }
    void responses.serveResponse(exchange)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    responses,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
