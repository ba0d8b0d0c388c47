// `npm run bench:control`: what a control-plane call costs, and what a thousand gateways with ten
// targets each cost: the start, and a tool call beside them. Two hosts run side by side, a small one
// and a large one, and every answer is checked.
import {
  BedrockAgentCoreControlClient,
  CreateGatewayCommand,
  CreateGatewayTargetCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { formatRequest, openConnection, type Connection } from './connection.ts'
import { treeCpuMs } from './process-tree.ts'
import { median } from './statistics.ts'
import { startSubject, type Subject } from './subject.ts'
import { fetchToken } from './token.ts'

const { values: flags } = parseArgs({
  options: {
    // With the example's own that is the quota of an account and Region.
    gateways: { type: 'string', default: '999' },
    targets: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '7' },
    calls: { type: 'string', default: '4000' },
  },
})
const GATEWAYS = Number(flags.gateways)
const TARGETS = Number(flags.targets)
const ROUNDS = Number(flags.rounds)
const CALLS = Number(flags.calls)
const CONNECTIONS = 8
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-bench-'))
  try {
    await using stack = new AsyncDisposableStack()
    const [gatewayId] = await fill(join(folder, 'large'))
    const starts: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const again = await start('large', join(folder, 'large'))
      starts.push(again.startMs)
      await again[Symbol.asyncDispose]()
    }
    const large = stack.use(await start('large', join(folder, 'large')))
    const small = stack.use(await start('small', join(folder, 'small')))
    report({
      startMs: starts,
      getGateway: await measureGetGateway(large, gatewayId ?? ''),
      toolCall: await measureToolCalls({ large, small }),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function start(name: string, dataDir: string): Promise<Subject> {
  const command = [path('../packages/host/bin/catamaran.js'), 'up', path('../examples/greet')]
  return startSubject(name, [...command, '--json', '--port', '0', '--data-dir', dataDir])
}

/** Gateways with targets, made as anybody would make them. */
async function fill(dataDir: string): Promise<string[]> {
  await using filled = await start('large', dataDir)
  const { ready } = filled
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const client = new BedrockAgentCoreControlClient({
    endpoint: ready.url,
    region: 'us-east-1',
    credentials,
  })
  const ids: string[] = []
  const numbers = Array.from({ length: GATEWAYS }, (_, index) => index).values()
  const work = async () => {
    for (const number of numbers) {
      const { gatewayId } = await client.send(
        new CreateGatewayCommand({
          name: `bench-${number}`,
          roleArn: 'arn:aws:iam::000000000000:role/bench',
          authorizerType: 'NONE',
          protocolType: 'MCP',
        }),
      )
      ids.push(gatewayId ?? '')
      for (let index = 0; index < TARGETS; index += 1) {
        await client.send(new CreateGatewayTargetCommand(target(gatewayId, index)))
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  client.destroy()
  return ids
}

function target(gatewayIdentifier: string | undefined, index: number) {
  const properties = {
    query: { type: 'string' as const, description: 'What to look for, in the words of a person.' },
    limit: { type: 'integer' as const, description: 'How many results are wanted at most.' },
  }
  const inputSchema = { type: 'object' as const, properties, required: ['query'] }
  const tool = { name: 'search', description: `Search the catalogue ${index}`, inputSchema }
  return {
    gatewayIdentifier,
    name: `target-${index}`,
    targetConfiguration: {
      mcp: {
        lambda: {
          lambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:greet',
          toolSchema: { inlinePayload: [tool] },
        },
      },
    },
    credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' as const }],
  }
}

/** Any well-formed signature is accepted by `up`, so one request can be sent many times. */
async function measureGetGateway({ pid, ready }: Subject, gatewayId: string) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/bedrock-agentcore/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  const headers = { 'x-amz-date': '20261122T000000Z', authorization }
  const request = formatRequest(`${ready.url}/gateways/${gatewayId}/`, headers, '', 'GET')
  const check = (status: number, body: string) =>
    status === 200 && JSON.parse(body).gatewayId === gatewayId
  const cpuMicros: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = treeCpuMs(pid)
    await run(ready.url, request, check)
    if (round > 0) cpuMicros.push(((treeCpuMs(pid) - before) * 1_000) / CALLS)
  }
  return cpuMicros
}

async function measureToolCalls(hosts: { readonly large: Subject; readonly small: Subject }) {
  const subjects = await Promise.all([toolCalls(hosts.large), toolCalls(hosts.small)])
  for (const { call } of subjects) await call()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { call, cpuMicros, pid } of subjects) {
      const before = treeCpuMs(pid)
      await call()
      cpuMicros.push(((treeCpuMs(pid) - before) * 1_000) / CALLS)
    }
  }
  const [large, small] = subjects.map(({ cpuMicros }) => cpuMicros)
  return { large: large ?? [], small: small ?? [] }
}

async function toolCalls({ pid, ready }: Subject) {
  const url = ready.gateway?.url ?? ''
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-06-18',
    authorization: `Bearer ${await fetchToken(ready)}`,
  }
  const params = { name: 'greet___greet_user', arguments: { name: 'Ada' } }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })
  const request = formatRequest(url, headers, body)
  const check = (status: number, answer: string) => status === 200 && answer.includes('Hello, Ada')
  const cpuMicros: number[] = []
  return { pid, cpuMicros, call: () => run(url, request, check) }
}

/** Sends the request over several connections, each one at a time. */
async function run(
  url: string,
  request: string,
  isRight: (status: number, body: string) => boolean,
): Promise<void> {
  const open = Array.from({ length: CONNECTIONS }, () => openConnection(url))
  const connections = await Promise.all(open)
  let left = CALLS
  const loop = async (connection: Connection) => {
    while (left > 0) {
      left -= 1
      const { status, body } = await connection.send(request)
      if (!isRight(status, body)) throw new Error(`a wrong answer: ${status} ${body.slice(0, 300)}`)
    }
  }
  await Promise.all(connections.map(loop))
  for (const connection of connections) connection.close()
}

interface Report {
  readonly startMs: readonly number[]
  readonly getGateway: readonly number[]
  readonly toolCall: { readonly large: readonly number[]; readonly small: readonly number[] }
}

function report({ startMs, getGateway, toolCall }: Report): void {
  const get = median(getGateway)
  const large = median(toolCall.large)
  const small = median(toolCall.small)
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}
${GATEWAYS} gateways with ${TARGETS} targets each, ${ROUNDS} rounds of ${CALLS} calls over ${CONNECTIONS} connections

start until ready             ${median(startMs).toFixed(0)} ms
GetGateway                    ${get.toFixed(0)} µs of CPU, ${(1e6 / get).toFixed(0)} a second on one core
tools/call, large host        ${large.toFixed(0)} µs of CPU
tools/call, one gateway only  ${small.toFixed(0)} µs of CPU, ratio ${(large / small).toFixed(2)}`)
}

await main()
