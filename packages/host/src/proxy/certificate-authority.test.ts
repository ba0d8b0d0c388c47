import { once } from 'node:events'
import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import { test } from 'vitest'
import { AWS_DOMAINS } from './aws-host-names.ts'
import { createCertificateAuthority } from './certificate-authority.ts'

/** A handshake with `host` against a server that holds the authority's certificate for it. */
async function handshake(host: string, now?: () => number) {
  const authority = createCertificateAuthority(AWS_DOMAINS, now)
  const server = createServer({ SNICallback: (_, done) => done(null, authority.contextFor(host)) })
  server.on('tlsClientError', () => {}) // the client's side is what is looked at
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', servername: host, ca: authority.certificate })
  try {
    await once(socket, 'secureConnect')
    return 'trusted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    socket.destroy()
    server.close()
  }
}

test.for(['sts.us-east-1.amazonaws.com', 'pool.auth.us-east-1.amazoncognito.com', 'amazonaws.com'])(
  '%s is trusted',
  async (host, { expect }) => {
    expect(await handshake(host)).toBe('trusted')
  },
)

test.for(['example.com', 'amazonaws.com.example.com', 'notamazonaws.com', 'localhost'])(
  'a certificate for %s is worth nothing: the authority is constrained',
  async (host, { expect }) => {
    expect(await handshake(host)).toContain('permitted subtree violation')
  },
)

test('a certificate is renewed before it ends', ({ expect }) => {
  let nowMs = Date.now()
  const authority = createCertificateAuthority(AWS_DOMAINS, () => nowMs)
  const first = authority.contextFor('sts.amazonaws.com')
  expect(authority.contextFor('sts.amazonaws.com')).toBe(first)
  nowMs += 13 * 3_600_000
  expect(authority.contextFor('sts.amazonaws.com')).not.toBe(first)
})

test('the authority says what it is, and no two are alike', ({ expect }) => {
  const [one, two] = [
    createCertificateAuthority(AWS_DOMAINS),
    createCertificateAuthority(AWS_DOMAINS),
  ]
  const certificate = new X509Certificate(one.certificate)
  expect(certificate.ca).toBe(true)
  expect(certificate.subject).toMatch(/^O=Catamaran\nCN=Catamaran exec [0-9a-f]{12}$/)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(new X509Certificate(two.certificate).subject).not.toBe(certificate.subject)
})

/** RFC 5280 §4.2.1.10, `2.5.29.30`, with the BOOLEAN that makes an extension critical. */
const CRITICAL_NAME_CONSTRAINTS = '0603551d1e0101ff'

test('a program that does not understand the constraints has to refuse the authority', ({
  expect,
}) => {
  const { raw } = new X509Certificate(createCertificateAuthority(AWS_DOMAINS).certificate)
  expect(raw.toString('hex')).toContain(CRITICAL_NAME_CONSTRAINTS)
})
