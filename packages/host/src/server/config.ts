// What `catamaran serve` may be told. Strict: an unknown key is a mistake. Every text in here becomes a
// row of docs/configuration.md, and every path a flag and an environment variable (config-names.ts).
import { z } from 'zod'

const Port = z.int().min(0).max(65_535)

/** A secret is never written down here: only where it is. */
const SecretReference = z.union(
  [
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  ],
  { error: 'Expected where the secret is: { "file": "…" } or { "env": "NAME" }' },
)

export type SecretReference = z.output<typeof SecretReference>

const HostName = z
  .string()
  .regex(/^[a-z0-9.-]+$/, 'Expected a host name in lower case, without scheme and port')

const Origin = z
  .string()
  .refine((text) => URL.parse(text)?.origin === text, 'Expected an origin, as https://app.example')

const AccessKey = z.strictObject({
  accessKeyId: z.string().regex(/^\w{16,128}$/, 'Expected 16 to 128 letters, digits or _'),
  secretAccessKey: SecretReference,
  accountId: z.string().regex(/^\d{12}$/, 'Expected 12 digits'),
  arn: z
    .string()
    .regex(/^arn:aws:(?:iam|sts)::\d{12}:.+$/, 'Expected the ARN of an IAM user or role')
    .optional(),
})

/** The file, the environment and the flags together, before references are followed. */
export const Config = z.strictObject({
  app: z
    .string()
    .optional()
    .describe(
      'An app file, a server file, or a folder with one of them. Without one, only what clients create is hosted.',
    ),
  listen: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address to bind.'),
      port: Port.default(4420).describe('Port to bind; 0 takes a free one.'),
    })
    .prefault({}),
  tls: z
    .strictObject({
      certFile: z
        .string()
        .optional()
        .describe('Certificate chain, PEM. Read again when it changes and on SIGHUP.'),
      keyFile: z.string().optional().describe('Its private key, PEM.'),
      terminatedByProxy: z
        .boolean()
        .default(false)
        .describe(
          'A proxy in front speaks TLS; this host may then listen beyond loopback without it.',
        ),
    })
    .prefault({}),
  publicUrl: z
    .string()
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'Expected an http(s) URL')
    .refine((text) => URL.parse(text)?.pathname === '/', 'Expected scheme and host only, no path')
    .transform((text) => new URL(text).origin)
    .optional()
    .describe(
      'Scheme and host under which callers reach this host, as https://tools.example. Its name is allowed as Host.',
    ),
  dataDir: z
    .string()
    .min(1)
    .default('.catamaran')
    .describe('Folder for the database, keys, code and logs; relative to the configuration file.'),
  database: z
    .union([
      z
        .string()
        .regex(/^postgres(?:ql)?:\/\//, 'Expected postgres://user@host/name')
        .refine(
          (text) => !hasPassword(text),
          'A password does not belong here: use { "file": … } or { "env": … } for the whole URL',
        ),
      SecretReference,
    ])
    .optional()
    .describe(
      'PostgreSQL: its URL without a password, or where the whole URL is. Without it, a database file in dataDir.',
    ),
  masterKey: SecretReference.optional().describe(
    'Where the key is that encrypts secrets at rest: 32 bytes in base64 or hex. Without it, dataDir/master.key, made at the first start.',
  ),
  accessKeys: z
    .array(AccessKey)
    .default([])
    .describe(
      'AWS access keys that may sign requests: accessKeyId, secretAccessKey (a reference), accountId, arn.',
    ),
  allowed: z
    .strictObject({
      hosts: z
        .array(HostName)
        .default([])
        .describe('Host names accepted besides loopback and publicUrl.'),
      origins: z.array(Origin).default([]).describe('Web origins whose pages may call in.'),
    })
    .prefault({}),
  auth: z
    .boolean()
    .default(true)
    .describe("False opens the app's gateways and runtimes to everybody who reaches the port."),
  issuer: z
    .strictObject({
      strictCognito: z
        .boolean()
        .default(false)
        .describe(
          'User pools answer exactly as Cognito, without dynamic registration and RFC 8414 metadata.',
        ),
    })
    .prefault({}),
  outbound: z
    .strictObject({
      allowLoopback: z
        .boolean()
        .default(false)
        .describe('Targets, issuers and token endpoints may be on this machine.'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      maxSessions: z.int().min(1).max(100_000).default(200).describe('Runtime sessions at once.'),
      maxConcurrency: z
        .int()
        .min(1)
        .max(10_000)
        .default(64)
        .describe('Execution environments of one function.'),
    })
    .prefault({}),
})

export type Config = z.output<typeof Config>

function hasPassword(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed === null || parsed.password !== '' || parsed.searchParams.has('password')
}
