// S3's API over folders, without the rest of a host: every signature is verified.
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { join } from 'node:path'
import { createS3 } from '../../src/api/s3/create-s3.ts'
import { createAwsAuthenticator, type AccessKey } from '../../src/aws/authenticate.ts'
import { openBucketStore, type BucketStore } from '../../src/code/buckets/open-bucket-store.ts'
import { jsonLog } from '../../src/kernel/log.ts'
import { listen } from '../../src/server/listen.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface S3World extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly bucketsDir: string
  readonly store: BucketStore
  readonly client: S3Client
  /** What the host has logged: nothing, unless something unexpected happened. */
  readonly logged: string[]
  clientOf(accountId: string, config?: S3ClientConfig): S3Client
}

export const SECRET = 'wJalrXUtnFEMI/K7MDENG'
const REGION = 'eu-central-1'

/** Every account has one key, which is called like the account. */
function accountKey(accountId: string): AccessKey {
  const arn = `arn:aws:iam::${accountId}:root`
  return { secretAccessKey: SECRET, accountId, arn, userId: accountId }
}

interface S3WorldOptions {
  readonly maxObjectBytes?: number
}

export async function startS3World(options: S3WorldOptions = {}): Promise<S3World> {
  const folder = await temporaryFolder()
  const bucketsDir = join(folder.path, 'buckets')
  const logged: string[] = []
  const log = jsonLog((line) => logged.push(line))
  const store = openBucketStore({ bucketsDir })
  const authenticator = createAwsAuthenticator({
    mode: 'verify',
    accessKeys: { find: (id) => (/^\d{12}$/.test(id) ? accountKey(id) : undefined) },
    defaultAccountId: '000000000000',
  })
  const s3 = createS3({ store, authenticator, log, ...options })
  const listener = await listen({
    host: '127.0.0.1',
    ports: [0],
    allowed: { hosts: new Set(), origins: new Set() },
    log,
    serve: (exchange) => (s3.owns(exchange) ? s3.serve(exchange) : void exchange.response.end()),
  })
  const { url, port } = listener
  const clients: S3Client[] = []
  const clientOf = (accountId: string, config: S3ClientConfig = {}) => {
    const client = new S3Client({
      endpoint: url,
      region: REGION,
      credentials: { accessKeyId: accountId, secretAccessKey: SECRET },
      maxAttempts: 1,
      ...config,
    })
    clients.push(client)
    return client
  }
  return {
    url,
    port,
    bucketsDir,
    store,
    logged,
    client: clientOf('000000000000'),
    clientOf,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      await listener.close(0)
      await folder[Symbol.asyncDispose]()
    },
  }
}
