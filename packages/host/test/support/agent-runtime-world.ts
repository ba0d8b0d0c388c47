// Agent runtimes as the control plane makes them, without the AWS wire: artifacts in a local bucket, and
// requests under signatures that are only well formed.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createAwsAuthenticator } from '../../src/aws/authenticate.ts'
import { openCodeStore } from '../../src/code/code-store.ts'
import { openObjects } from '../../src/code/object-store.ts'
import { loadSealer } from '../../src/kernel/seal.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { openRegistry } from '../../src/runtime/registry.ts'
import type { CreateRuntimeInput, DescribedVersion } from '../../src/runtime/runtime-operations.ts'
import type { AgentRuntimeOperations } from '../../src/runtime/runtime-control.ts'
import type { RuntimesOptions } from '../../src/runtime/start-runtimes.ts'
import { openStore } from '../../src/store/store.ts'
import { startRuntimeHost, type RuntimeHost } from './runtime-host.ts'
import { zipFiles } from './zip.ts'

export interface AgentRuntimeWorld extends AsyncDisposable {
  readonly host: RuntimeHost
  readonly dataDir: string
  readonly operations: AgentRuntimeOperations
  /** Puts an archive into the bucket `artifacts`. */
  putArchive(key: string, files: Readonly<Record<string, string>>): Promise<void>
  /** Waits until a runtime is neither CREATING nor UPDATING. */
  settled(agentRuntimeId: string): Promise<DescribedVersion>
  /** Calls a runtime's data plane as an AWS client does. */
  call(described: DescribedVersion, options?: CallOptions): Promise<Response>
}

export interface CallOptions {
  readonly operation?: 'invocations' | 'commands' | 'stopruntimesession'
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly accountId?: string
  readonly region?: string
}

export const ROLE = 'arn:aws:iam::000000000000:role/agent'
export const SESSION_HEADER = 'x-amzn-bedrock-agentcore-runtime-session-id'
const MASTER_KEY = { key: Buffer.alloc(32, 7).toString('base64') }

/** A new world, or the one whose data is in `dataDir`. */
export async function startAgentRuntimeWorld(
  dataDir: string,
  options: Partial<RuntimesOptions> = {},
): Promise<AgentRuntimeWorld> {
  const store = openStore(join(dataDir, 'catamaran.db'))
  const sealer = await loadSealer(MASTER_KEY)
  const buckets = join(dataDir, 'buckets')
  const host = await startRuntimeHost({
    registry: await openRegistry({ store, sealer }),
    code: {
      store: openCodeStore({ dir: join(dataDir, 'code') }),
      objects: openObjects({ bucketsDir: buckets, allowFiles: true }),
    },
    path: process.env['PATH'] ?? '/usr/bin:/bin',
    aws: createAwsAuthenticator({
      mode: 'well-formed',
      accessKeys: { find: () => undefined },
      defaultAccountId: DEFAULT_SCOPE.accountId,
    }),
    ...options,
  })
  const operations = await host.runtimes.control()
  return {
    host,
    dataDir,
    operations,
    async putArchive(key, files) {
      const file = join(buckets, 'artifacts', key)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, zipFiles(files))
    },
    async settled(agentRuntimeId) {
      for (;;) {
        const described = operations.getRuntime(DEFAULT_SCOPE, agentRuntimeId)
        const { status } = described.version.state
        if (status !== 'CREATING' && status !== 'UPDATING') return described
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    call({ record }, { operation = 'invocations', query = '', headers = {}, body, ...who } = {}) {
      const url = `${host.baseUrl}/runtimes/${encodeURIComponent(record.agentRuntimeArn)}/${operation}`
      return fetch(`${url}${query}`, {
        method: 'POST',
        headers: { ...signature(who), ...headers },
        ...(body !== undefined && { body }),
      })
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

/** What creates a runtime from an archive of the bucket `artifacts`, ordinary in what is not mentioned. */
export function codeRuntime(
  agentRuntimeName: string,
  key: string,
  changes: Partial<CreateRuntimeInput> & {
    readonly entryPoint?: readonly string[]
    readonly runtime?: 'NODE_22' | 'PYTHON_3_11'
  } = {},
): CreateRuntimeInput {
  const { entryPoint = ['main.mjs'], runtime = 'NODE_22', ...members } = changes
  const s3 = { bucket: 'artifacts', prefix: key }
  return {
    agentRuntimeName,
    agentRuntimeArtifact: { codeConfiguration: { code: { s3 }, runtime, entryPoint } },
    roleArn: ROLE,
    ...members,
  }
}

/** An agent that answers what it was asked, and what it was given. */
export const HTTP_AGENT = `import { createServer } from 'node:http'
const version = process.env.AGENT_VERSION ?? 'none'
let calls = 0
createServer((request, response) => {
  if (request.url === '/ping') return response.end(JSON.stringify({ status: process.env.HEALTH ?? 'Healthy' }))
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    calls += 1
    const body = Buffer.concat(chunks).toString()
    if (body === 'fail') return response.writeHead(500).end('secret of the agent')
    if (body === 'stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: one\\n\\n')
      return setTimeout(() => response.end('data: two\\n\\n'), 50)
    }
    const { url, headers } = request
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ pid: process.pid, calls, version, url, headers, body, home: process.env.HOME }))
  })
}).listen(8080, '0.0.0.0')
`

function signature({
  accountId = DEFAULT_SCOPE.accountId,
  region = DEFAULT_SCOPE.region,
}: Pick<CallOptions, 'accountId' | 'region'>) {
  const credential = `${accountId}/20261122/${region}/bedrock-agentcore/aws4_request`
  const signed = `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  return {
    'x-amz-date': '20261122T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, ${signed}`,
  }
}
