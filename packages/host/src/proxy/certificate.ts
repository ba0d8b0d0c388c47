// X.509 certificates on P-256, as far as a private authority for host names needs them (RFC 5280).
import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'
import {
  bitString,
  der,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  time,
  TRUE,
  utf8String,
} from './der.ts'

export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface AuthorityCertificate extends Validity {
  readonly commonName: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  /** The only domains, with everything below them, that certificates may be issued for. */
  readonly permittedDomains: readonly string[]
}

export interface HostCertificate extends Validity {
  readonly host: string
  readonly publicKey: KeyObject
  readonly authority: Pick<AuthorityCertificate, 'commonName' | 'publicKey' | 'privateKey'>
}

/** A self-signed authority that can vouch for hosts of the permitted domains and for nothing else. */
export function createAuthorityCertificate(authority: AuthorityCertificate): string {
  const { commonName, publicKey, permittedDomains } = authority
  return certify(authority, {
    ...authority,
    issuer: distinguishedName(commonName),
    subject: distinguishedName(commonName),
    extensions: [
      extension('2.5.29.19', sequence(TRUE, integer(Buffer.from([0]))), 'critical'), // no CA below
      extension('2.5.29.15', KEY_CERT_SIGN, 'critical'),
      extension('2.5.29.30', nameConstraints(permittedDomains), 'critical'),
      extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
    ],
  })
}

/** A server certificate for one host name. Host names outgrow a common name, so the subject has none. */
export function createHostCertificate(certificate: HostCertificate): string {
  const { host, publicKey, authority } = certificate
  const authorityKey = der(0x80, keyIdentifier(authority.publicKey))
  return certify(authority, {
    ...certificate,
    issuer: distinguishedName(authority.commonName),
    subject: distinguishedName(undefined),
    extensions: [
      extension('2.5.29.19', sequence(), 'critical'),
      extension('2.5.29.15', DIGITAL_SIGNATURE, 'critical'),
      extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))), // TLS servers
      extension('2.5.29.17', sequence(der(0x82, Buffer.from(host, 'ascii')))),
      extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
      extension('2.5.29.35', sequence(authorityKey)),
    ],
  })
}

interface Contents extends Validity {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly publicKey: KeyObject
  readonly extensions: readonly Buffer[]
}

const VERSION_3 = der(0xa0, integer(Buffer.from([2])))
const ECDSA_WITH_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
const DIGITAL_SIGNATURE = bitString(Buffer.from([0x80]), 7)
const KEY_CERT_SIGN = bitString(Buffer.from([0x04]), 2)
const ALL_IPV4 = der(0x87, Buffer.alloc(8))
const ALL_IPV6 = der(0x87, Buffer.alloc(32))

function certify({ privateKey }: { readonly privateKey: KeyObject }, contents: Contents): string {
  const { issuer, subject, notBefore, notAfter, publicKey, extensions } = contents
  const unsigned = sequence(
    VERSION_3,
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = bitString(sign('sha256', unsigned, privateKey))
  return pem(sequence(unsigned, ECDSA_WITH_SHA256, signature))
}

function distinguishedName(commonName: string | undefined): Buffer {
  const attribute = (type: string, value: string) =>
    der(0x31, sequence(objectIdentifier(type), utf8String(value)))
  const organization = attribute('2.5.4.10', 'Catamaran')
  if (commonName === undefined) return sequence(organization)
  return sequence(organization, attribute('2.5.4.3', commonName))
}

function extension(type: string, value: Buffer, critical?: 'critical'): Buffer {
  const contents = octetString(value)
  return critical === undefined
    ? sequence(objectIdentifier(type), contents)
    : sequence(objectIdentifier(type), TRUE, contents)
}

/** RFC 5280 §4.2.1.10. A form of name without a constraint would be free, so addresses are excluded. */
function nameConstraints(domains: readonly string[]): Buffer {
  const permitted = domains.map((domain) => sequence(der(0x82, Buffer.from(domain, 'ascii'))))
  return sequence(der(0xa0, ...permitted), der(0xa1, sequence(ALL_IPV4), sequence(ALL_IPV6)))
}

/** RFC 7093 §2, method 1: any short digest of the key does. */
function keyIdentifier(publicKey: KeyObject): Buffer {
  const key = publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest().subarray(0, 20)
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
