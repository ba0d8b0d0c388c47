import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'vitest'
import { createAuthorityCertificate, createHostCertificate } from './certificate.ts'
import { integer, objectIdentifier, time } from './der.ts'

const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const hostKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const authority = { commonName: 'Test authority', ...authorityKeys }

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
const date = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true })

test('OpenSSL reads every certificate back: name, times, issuer, signature', ({ expect }) => {
  const read = new X509Certificate(
    createAuthorityCertificate({
      ...authority,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2100-01-01T00:00:00Z'),
      permittedDomains: ['amazonaws.com'],
    }),
  )
  fc.assert(
    fc.property(
      fc.array(label, { minLength: 1, maxLength: 3 }),
      date('2020-01-01', '2049-12-31'),
      date('2050-01-01', '2099-12-31'),
      (labels, notBefore, notAfter) => {
        const host = `${labels.join('.')}.amazonaws.com`
        const { publicKey } = hostKeys
        const text = createHostCertificate({ host, publicKey, authority, notBefore, notAfter })
        const certificate = new X509Certificate(text)
        expect(certificate.subjectAltName).toBe(`DNS:${host}`)
        expect(certificate.checkHost(host)).toBe(host)
        expect(certificate.ca).toBe(false)
        expect(certificate.checkIssued(read)).toBe(true)
        expect(certificate.verify(authorityKeys.publicKey)).toBe(true)
        const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
        expect(seconds(certificate.validFromDate)).toBe(seconds(notBefore))
        expect(seconds(certificate.validToDate)).toBe(seconds(notAfter))
      },
    ),
  )
})

test('the encodings are the distinguished ones of X.690', ({ expect }) => {
  expect(integer(Buffer.from([0]))).toEqual(Buffer.from([2, 1, 0]))
  expect(integer(Buffer.from([0, 0x80]))).toEqual(Buffer.from([2, 2, 0, 0x80]))
  expect(integer(Buffer.from([0, 0x7f]))).toEqual(Buffer.from([2, 1, 0x7f]))
  expect(objectIdentifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302')
  expect(time(new Date('2049-12-31T23:59:59Z')).subarray(2).toString()).toBe('491231235959Z')
  expect(time(new Date('2050-01-01T00:00:00Z')).subarray(2).toString()).toBe('20500101000000Z')
})
