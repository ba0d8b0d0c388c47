import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tls from 'node:tls'
import type { Variables } from './aws-variables.ts'

/** The variables by which programs are told which authorities to trust, besides the usual ones or instead. */
const INSTEAD = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'AWS_CA_BUNDLE']
const BESIDES = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT']

/**
 * Writes what a program has to trust: this run's authority, for Node which adds it to its own, and for
 * the others everything that they trusted before with it.
 */
export async function writeTrustFiles(
  folder: string,
  certificate: string,
  environment: Variables,
): Promise<Variables> {
  const extra = await readAll(BESIDES, environment)
  const bundled = await readAll(INSTEAD, environment)
  const additions = join(folder, 'authority.pem')
  const everything = join(folder, 'trusted.pem')
  await writeFile(additions, joinCertificates([certificate, ...extra]))
  await writeFile(everything, joinCertificates([certificate, ...extra, ...bundled, ...usual()]))
  return Object.fromEntries([
    ...BESIDES.map((name) => [name, additions]),
    ...INSTEAD.map((name) => [name, everything]),
  ])
}

/** Mozilla's authorities, which Node brings along, and those of this machine where Node can read them. */
function usual(): readonly string[] {
  const hasSystem = 'getCACertificates' in tls // from Node 22.15 on
  return [...tls.rootCertificates, ...(hasSystem ? tls.getCACertificates('system') : [])]
}

async function readAll(names: readonly string[], environment: Variables): Promise<string[]> {
  const files = new Set(names.map((name) => environment[name]).filter((file) => file !== undefined))
  const texts = await Promise.all(
    Array.from(files, (file) => readFile(file, 'utf8').catch(() => '')), // as if it named nothing
  )
  return texts.flatMap((text) => text.match(CERTIFICATE) ?? [])
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Each once, however its lines were broken: programs read all of this, some at every connection. */
function joinCertificates(certificates: readonly string[]): string {
  const each = new Map(certificates.map((it) => [it.replaceAll(/\s/g, ''), it.trim()]))
  return `${[...each.values()].join('\n')}\n`
}
