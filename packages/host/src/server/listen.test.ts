import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { get as getTls } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { test } from 'vitest'
import { jsonAnswer, sendAnswer } from '../http/exchange.ts'
import { silentLog } from '../kernel/log.ts'
import { createAuthorityCertificate } from '../proxy/certificate.ts'
import { listen, type ListenOptions } from './listen.ts'
import { Secret } from './secret.ts'

/** A listener that answers with the base URL it has worked out. */
async function startListener(options: Partial<ListenOptions> = {}) {
  const listener = await listen({
    host: '127.0.0.1',
    ports: [0],
    allowed: { hosts: new Set(), origins: new Set() },
    log: silentLog,
    serve: ({ response, baseUrl }) => sendAnswer(response, jsonAnswer(200, { baseUrl })),
    ...options,
  })
  return {
    ...listener,
    async [Symbol.asyncDispose]() {
      await listener.close(0)
    },
  }
}

async function ask(url: string, host: string, ca?: string) {
  const options = { headers: { host }, agent: false, rejectUnauthorized: ca !== undefined }
  const request = url.startsWith('https:')
    ? getTls(url, { ...options, ...(ca !== undefined && { ca }), servername: '' })
    : get(url, options)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const body = JSON.parse(await text(response)) as { baseUrl?: string }
  return response.statusCode === 200 ? body.baseUrl : response.statusCode
}

/** A certificate for nobody; the name in it tells one from the other. */
function identity(commonName: string) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const validity = { notBefore: new Date(now - 60_000), notAfter: new Date(now + 3_600_000) }
  return {
    certificate: createAuthorityCertificate({
      commonName,
      ...keys,
      ...validity,
      permittedDomains: ['example.com'],
    }),
    key: new Secret(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  }
}

test('the base URL is what the caller used: loopback, an AWS name, the public name', async ({
  expect,
}) => {
  await using listener = await startListener({ publicUrl: 'https://tools.example' })
  const { url, port } = listener
  expect(await ask(url, `localhost:${port}`)).toBe(`http://localhost:${port}`)
  const aws = 'bedrock-agentcore.eu-west-1.amazonaws.com'
  expect(await ask(url, aws)).toBe(`https://${aws}`)
  expect(await ask(url, 'tools.example')).toBe('https://tools.example')
  expect(await ask(url, 'dynamodb.eu-west-1.amazonaws.com')).toBe(403)
  expect(await ask(url, 'evil.example')).toBe(403)
})

test('an AWS name with our own port is a page that somebody led to loopback', async ({
  expect,
}) => {
  await using listener = await startListener()
  const aws = 'bedrock-agentcore.eu-west-1.amazonaws.com'
  expect(await ask(listener.url, `${aws}:${listener.port}`)).toBe(403)
  expect(await ask(listener.url, `${aws}:443`)).toBe(`https://${aws}:443`)
})

test('a connection that never finishes its TLS handshake does not keep the host from stopping', async ({
  expect,
}) => {
  const listener = await listen({
    host: '127.0.0.1',
    ports: [0],
    tls: identity('any'),
    allowed: { hosts: new Set(), origins: new Set() },
    log: silentLog,
    serve: () => {},
  })
  const silent = connect(listener.port, '127.0.0.1')
  await once(silent, 'connect')
  await listener.close(10)
  await once(silent, 'close')
  expect(silent.destroyed).toBe(true)
})

async function servedCertificate(url: string): Promise<string> {
  const request = getTls(url, { agent: false, rejectUnauthorized: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  return (response.socket as TLSSocket).getPeerCertificate().subject.CN as string
}

test('with TLS, URLs are https, and a new certificate is served from the next connection on', async ({
  expect,
}) => {
  await using listener = await startListener({ tls: identity('first') })
  const { url } = listener
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(await ask(url, 'localhost')).toBe('https://localhost')
  expect(await servedCertificate(url)).toBe('first')
  listener.updateTls(identity('second'))
  expect(await servedCertificate(url)).toBe('second')
  expect(() =>
    listener.updateTls({ certificate: 'x', key: new Secret('y') }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[HostError: The TLS certificate and key cannot be used; both must be PEM, and the key must be the one of the (first) certificate]`,
  )
  expect(await servedCertificate(url)).toBe('second')
})

test('a certificate and a key that do not belong together are refused before anything listens', async ({
  expect,
}) => {
  const tls = { certificate: identity('one').certificate, key: identity('two').key }
  await expect(startListener({ tls })).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})
