// Where a custom resource's function answers. On AWS that is always https on port 443, and handlers
// (CDK's own among them) keep only the host name and the path of the URL. Such a request, for the very
// URL that an event carried, goes to where that URL points.
import type { ClientRequest, RequestOptions } from 'node:http'

type AddRequest = (this: object, request: ClientRequest, options: RequestOptions) => void

const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

/** By host name and path. */
const urls = new Map<string, URL>()
const MAX_URLS = 100

/** As this host forms them; no character of it is escaped in JSON, however deep it stands. */
const RESPONSE_URL = /https?:\/\/[^\s"'\\]{1,300}\/cloudformation\/responses\/[\w-]{43}/g

/** Lets requests that have lost the protocol and the port of a URL in the event arrive there. */
export function openResponseUrls(event: string): void {
  for (const [text] of event.matchAll(RESPONSE_URL)) open(text)
}

function open(text: string): void {
  const url = URL.parse(text)
  if (url === null || (url.protocol === 'https:' && url.port === '')) return
  if (urls.size === 0) redirect(https.Agent.prototype as unknown as { addRequest: AddRequest })
  urls.set(`${url.hostname}${url.pathname}${url.search}`, url)
  const [oldest] = urls.keys()
  if (urls.size > MAX_URLS && oldest !== undefined) urls.delete(oldest)
}

function redirect(prototype: { addRequest: AddRequest }): void {
  const { addRequest } = prototype
  prototype.addRequest = function (request, options) {
    const { host, path, port } = options
    const url = Number(port) === 443 ? urls.get(`${host}${path}`) : undefined
    if (url === undefined) return Reflect.apply(addRequest, this, [request, options])
    const isPlain = url.protocol === 'http:'
    const agent = isPlain ? http.globalAgent : https.globalAgent
    const there = { ...options, protocol: url.protocol, port: url.port || (isPlain ? 80 : 443) }
    const add = isPlain ? (agent as unknown as { addRequest: AddRequest }).addRequest : addRequest
    Reflect.apply(add, agent, [request, there])
  }
}
