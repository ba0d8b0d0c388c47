// A gateway in front of an agent runtime of the same host, as AgentCore's developer guide has it: the
// runtime lets in who signs, and the gateway signs with its role.
import {
  CreateAgentRuntimeCommand,
  CreateGatewayCommand,
  CreateGatewayTargetCommand,
  GetAgentRuntimeCommand,
  GetGatewayTargetCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as expectLater, test } from 'vitest'
import { startAwsHost } from '../support/aws-host.ts'
import { SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { zipFiles } from '../support/zip.ts'

const ROLE = 'arn:aws:iam::000000000000:role/gateway'
/** An MCP server with one tool, in the fewest words. */
const SERVER = `import { createServer } from 'node:http'
const ANSWERS = {
  initialize: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } },
  'tools/list': { tools: [{ name: 'greet', description: 'Greets', inputSchema: { type: 'object' } }] },
  'tools/call': { content: [{ type: 'text', text: 'hello from the runtime' }] },
}
createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    const { id, method } = JSON.parse(body)
    if (id === undefined) return response.writeHead(202).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    const error = { code: -32601, message: 'Method not found' }
    const answer = method in ANSWERS ? { result: ANSWERS[method] } : { error }
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
  })
}).listen(8000)
`

test('a gateway signs with its role for a runtime of this host, and for nobody else', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const { control } = host.clients()
  await mkdir(join(folder.path, 'buckets', 'artifacts'), { recursive: true })
  const archive = zipFiles({ 'server.mjs': SERVER })
  await writeFile(join(folder.path, 'buckets', 'artifacts', 'server.zip'), archive)
  const code = { s3: { bucket: 'artifacts', prefix: 'server.zip' } }
  const { agentRuntimeId, agentRuntimeArn = '' } = await control.send(
    new CreateAgentRuntimeCommand({
      agentRuntimeName: 'server',
      agentRuntimeArtifact: {
        codeConfiguration: { code, runtime: 'NODE_22', entryPoint: ['server.mjs'] },
      },
      protocolConfiguration: { serverProtocol: 'MCP' },
      roleArn: ROLE,
      networkConfiguration: { networkMode: 'PUBLIC' },
    }),
  )
  const runtime = () => control.send(new GetAgentRuntimeCommand({ agentRuntimeId }))
  await expectLater.poll(async () => (await runtime()).status, SOON).toBe('READY')

  const gateway = await control.send(
    new CreateGatewayCommand({
      name: 'front',
      roleArn: ROLE,
      authorizerType: 'NONE',
      protocolType: 'MCP',
    }),
  )
  const { gatewayId: gatewayIdentifier = '', gatewayUrl = '' } = gateway
  const add = (endpoint: string) =>
    control.send(
      new CreateGatewayTargetCommand({
        gatewayIdentifier,
        name: 'runtime',
        targetConfiguration: { mcp: { mcpServer: { endpoint } } },
        credentialProviderConfigurations: [
          {
            credentialProviderType: 'GATEWAY_IAM_ROLE',
            credentialProvider: { iamCredentialProvider: { service: 'bedrock-agentcore' } },
          },
        ],
      }),
    )
  const name = 'https://bedrock-agentcore.us-east-1.amazonaws.com'
  const path = `/runtimes/${encodeURIComponent(agentRuntimeArn)}/invocations?qualifier=DEFAULT`
  await expect(add('https://example.com/mcp')).rejects.toThrow(/good on this host alone/)
  const { targetId } = await add(`${name}${path}`)
  const target = () => control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId }))
  await expectLater.poll(async () => (await target()).status, SOON).toBe('READY')

  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(gatewayUrl)))
  expect(await client.callTool({ name: 'runtime___greet', arguments: {} })).toMatchObject({
    content: [{ text: 'hello from the runtime' }],
  })
  await client.close()
})
