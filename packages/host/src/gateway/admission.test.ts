import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import { test } from 'vitest'
import { createAwsAuthenticator, type AccessKey } from '../aws/authenticate.ts'
import type { GatewayInput } from './check-gateway-input.ts'
import { testAuthorizer, testGateway } from '../../test/support/test-gateway.ts'

const KEY: AccessKey = {
  secretAccessKey: 'secret',
  accountId: '000000000000',
  arn: 'arn:aws:iam::000000000000:user/ada',
  userId: 'AIDA',
}
const STRANGER = { ...KEY, accountId: '111111111111', arn: 'arn:aws:iam::111111111111:user/eve' }
const aws = createAwsAuthenticator({
  mode: 'verify',
  accessKeys: {
    find: (id) => (id === 'AKIDADA' ? KEY : id === 'AKIDEVE' ? STRANGER : undefined),
  },
  defaultAccountId: '000000000000',
})

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash
  constructor(secret?: unknown) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array)
  }
  update(data: unknown): void {
    this.#hash.update(data as Uint8Array)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

const BODY = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'greeter___greet', arguments: { name: 'Ada' } },
})

interface Signing {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly service?: string
  readonly path?: string
  /** What the signature covers. */
  readonly body?: string
}

/** A request signed with the signer of the AWS SDKs. */
async function sign({ path = '/gateway/test-0000000000/mcp', body = BODY, ...by }: Signing = {}) {
  const { accessKeyId = 'AKIDADA', secretAccessKey = 'secret', service = 'bedrock-agentcore' } = by
  const credentials = { accessKeyId, secretAccessKey }
  const signer = new SignatureV4({ service, region: 'us-east-1', credentials, sha256: Sha256 })
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path,
    headers: { host: '127.0.0.1:4420', 'content-type': 'application/json' },
    body,
  })
  return {
    method: 'POST',
    path,
    headers: { ...headers, 'mcp-protocol-version': '2025-11-25' },
    body,
  }
}

const protect = (gateway: Partial<GatewayInput>) => testGateway({ aws, gateway })
const refused = (message: unknown, errorName: string) => ({
  status: 403,
  headers: { 'x-amzn-errortype': errorName },
  body: {
    jsonrpc: '2.0',
    id: null,
    error: { code: -32002, message },
  },
})
const served = { status: 200, body: { result: { isError: false } } }

const POLICY = { Version: '2012-10-17' }
const statement = (rest: object) => ({
  Effect: 'Allow',
  Action: 'bedrock-agentcore:InvokeGateway',
  Resource: '*',
  ...rest,
})

test('AWS_IAM: who signs is served, and nobody else', async ({ expect }) => {
  const { send, gateways, record } = await protect({ authorizerType: 'AWS_IAM' })
  expect(await send(await sign())).toMatchObject(served)
  expect(await send({ body: BODY })).toMatchObject(
    refused(
      expect.stringContaining('Missing Authentication Token'),
      'MissingAuthenticationTokenException',
    ),
  )
  expect(await send(await sign({ secretAccessKey: 'guessed' }))).toMatchObject(
    refused(expect.stringContaining('signature'), 'InvalidSignatureException'),
  )
  expect(await send({ ...(await sign({ body: '{}' })), body: BODY })).toMatchObject(
    refused(expect.stringContaining('hash'), 'InvalidSignatureException'),
  )
  expect(await send(await sign({ service: 'lambda' }))).toMatchObject(
    refused(
      expect.stringContaining("correct service: 'bedrock-agentcore'"),
      'InvalidSignatureException',
    ),
  )
  expect(await send(await sign({ accessKeyId: 'AKIDNOBODY' }))).toMatchObject(
    refused(expect.stringContaining('security token'), 'UnrecognizedClientException'),
  )
  const bearer = { authorization: 'Bearer good', 'content-type': 'application/json' }
  expect(await send({ headers: bearer, body: BODY })).toMatchObject({ status: 403 })
  const resource = 'http://127.0.0.1:4420/mcp'
  expect(gateways.describeResource(record.gatewayId, { resource })).toBeUndefined()
})

test('AWS_IAM: a stranger’s body is not read', async ({ expect }) => {
  const { gateways, record } = await protect({ authorizerType: 'AWS_IAM' })
  const inbound = {
    query: '',
    requestId: 'r',
    resourceMetadataUrl: '',
    ...(await sign()),
    body: '',
  }
  expect(await gateways.refuse(record.gatewayId, inbound)).toBeUndefined()
  const unsigned = { ...inbound, headers: {} }
  expect(await gateways.refuse(record.gatewayId, unsigned)).toMatchObject({ status: 403 })
})

test('a resource policy lets other accounts in, and shuts its own out', async ({ expect }) => {
  const { gateways, put, send } = await testGateway({ aws })
  const { control } = gateways
  const input = { name: 'shared', roleArn: 'arn:aws:iam::000000000000:role/g' }
  const scope = { accountId: '000000000000', region: 'us-east-1' }
  const made = await control.createGateway(scope, { ...input, authorizerType: 'AWS_IAM' })
  const call = async (accessKeyId: string) => {
    const path = `/gateway/${made.gatewayId}/mcp`
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    const answer = await gateways.serve(made.gatewayId, {
      ...(await sign({ accessKeyId, path, body })),
      query: '',
      requestId: 'r',
      resourceMetadataUrl: '',
    })
    return answer.status
  }
  const write = (...statements: object[]) =>
    gateways.writePolicy(made.gatewayArn, JSON.stringify({ ...POLICY, Statement: statements }))

  expect([await call('AKIDADA'), await call('AKIDEVE')]).toEqual([200, 403])
  await write(statement({ Principal: { AWS: STRANGER.arn } }))
  expect([await call('AKIDADA'), await call('AKIDEVE')]).toEqual([200, 200])
  await write(statement({ Effect: 'Deny', Principal: '*' }))
  expect([await call('AKIDADA'), await call('AKIDEVE')]).toEqual([403, 403])
  await gateways.writePolicy(made.gatewayArn, undefined)
  expect([await call('AKIDADA'), await call('AKIDEVE')]).toEqual([200, 403])
  await expect(gateways.writePolicy(made.gatewayArn, 'not JSON')).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })
  put([])
  expect(await send({ body: BODY })).toMatchObject({ status: 200 })
})

test('a policy that denies everybody denies the holders of tokens, and those who need none', async ({
  expect,
}) => {
  const { gateways } = await testGateway({ aws })
  const scope = { accountId: '000000000000', region: 'us-east-1' }
  const input = { roleArn: 'arn:aws:iam::000000000000:role/g' }
  const customJWTAuthorizer = {
    discoveryUrl: 'http://127.0.0.1:1/.well-known/openid-configuration',
    allowedClients: ['client'],
  }
  const kinds = [
    { name: 'open', authorizerType: 'NONE' },
    {
      name: 'tokens',
      authorizerType: 'CUSTOM_JWT',
      authorizerConfiguration: { customJWTAuthorizer },
    },
  ] as const
  for (const kind of kinds) {
    const made = await gateways.control.createGateway(scope, { ...input, ...kind })
    const ping = async () => {
      const answer = await gateways.serve(made.gatewayId, {
        method: 'POST',
        path: '/mcp',
        query: '',
        headers: { 'content-type': 'application/json', authorization: 'Bearer good' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
        requestId: 'r',
        resourceMetadataUrl: '',
      })
      return answer.status
    }
    expect(await ping()).toBe(200)
    const Statement = [statement({ Effect: 'Deny', Principal: '*' })]
    await gateways.writePolicy(made.gatewayArn, JSON.stringify({ ...POLICY, Statement }))
    expect(await ping()).toBe(403)
  }
})

test('AUTHENTICATE_ONLY takes either proof, and no caller without one', async ({ expect }) => {
  const configured = await testGateway({
    aws,
    authorizerFor: () => testAuthorizer(),
    gateway: {
      authorizerType: 'AUTHENTICATE_ONLY',
      authorizerConfiguration: {
        customJWTAuthorizer: { discoveryUrl: 'http://a', allowedClients: ['a'] },
      },
    },
  })
  expect(await configured.send(await sign())).toMatchObject(served)
  const good = { authorization: 'Bearer good' }
  expect(await configured.legacy('ping', {}, good)).toMatchObject({ status: 200 })
  expect(await configured.legacy('ping')).toMatchObject({ status: 401 })
  const signedOnly = await protect({ authorizerType: 'AUTHENTICATE_ONLY' })
  expect(await signedOnly.send(await sign({ accessKeyId: 'AKIDEVE' }))).toMatchObject(served)
  expect(await signedOnly.legacy('ping', {}, good)).toMatchObject({ status: 403 })
})
