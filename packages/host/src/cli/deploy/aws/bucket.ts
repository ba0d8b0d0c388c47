import { HostError } from '../../../kernel/host-error.ts'
import { childOf, readXml, textOf } from './read-xml.ts'
import { callSigned, type Connection, type SignedAnswer } from './signed-call.ts'

/** One S3 bucket of the host, by path-style requests. */
export interface Bucket {
  has(key: string): Promise<boolean>
  /** Makes the bucket when it is missing: this host needs no bootstrapping. */
  put(key: string, body: Uint8Array, metadata?: Readonly<Record<string, string>>): Promise<void>
  urlOf(key: string): string
}

export function openBucket(connection: Connection, bucket: string): Bucket {
  const pathOf = (key: string) => `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`

  function send(
    method: string,
    path: string,
    body: string | Uint8Array = '',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<SignedAnswer> {
    return callSigned(connection, { service: 's3', method, path, headers, body })
  }

  async function create(): Promise<void> {
    const { region } = connection
    const location = `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`
    const answer = await send('PUT', `/${bucket}`, region === 'us-east-1' ? '' : location)
    const isThere = answer.status === 409 && codeOf(answer) === 'BucketAlreadyOwnedByYou'
    if (answer.status !== 200 && !isThere) throw readFault(answer, `create the bucket ${bucket}`)
  }

  return {
    async has(key) {
      const answer = await send('HEAD', pathOf(key))
      if (answer.status === 200) return true
      if (answer.status === 404) return false
      throw readFault(answer, `look for ${key} in the bucket ${bucket}`)
    },
    async put(key, body, metadata = {}) {
      const headers = Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
      )
      const put = () => send('PUT', pathOf(key), body, headers)
      let answer = await put()
      if (answer.status === 404 && codeOf(answer) === 'NoSuchBucket') {
        await create()
        answer = await put()
      }
      if (answer.status !== 200) throw readFault(answer, `put ${key} into the bucket ${bucket}`)
    },
    urlOf: (key) => `https://s3.${connection.region}.amazonaws.com${pathOf(key)}`,
  }
}

function codeOf({ body }: SignedAnswer): string {
  return textOf(errorOf(body), 'Code') ?? ''
}

function errorOf(body: string) {
  if (!body.startsWith('<')) return undefined
  const root = readXml(body)
  return root.name === 'Error' ? root : childOf(root, 'Error')
}

function readFault(answer: SignedAnswer, what: string): HostError {
  const said = textOf(errorOf(answer.body), 'Message') ?? `status ${answer.status}`
  const code = answer.status === 403 ? 'ERR_FORBIDDEN' : 'ERR_TARGET_FAILED'
  return new HostError(code, `The host did not ${what}: ${said}`)
}
