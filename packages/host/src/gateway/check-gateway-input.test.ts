import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { checkGatewayInput } from './check-gateway-input.ts'

const plain = { name: 'tools', authorizerType: 'NONE' } as const
const configuration = {
  customJWTAuthorizer: { discoveryUrl: 'https://issuer/.well-known/openid-configuration' },
}

/** As it arrives from a person: of no type yet. */
function refusalOf(rest: object): HostError | undefined {
  try {
    checkGatewayInput({ ...plain, ...rest })
    return undefined
  } catch (error) {
    if (error instanceof HostError) return error
    throw error
  }
}

test('everything there is can be said', ({ expect }) => {
  const all = {
    name: 'My-Tools',
    roleArn: 'arn:aws:iam::000000000000:role/gateway',
    kmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
    tags: { team: 'tools' },
    description: 'All of them',
    authorizerType: 'CUSTOM_JWT',
    authorizerConfiguration: configuration,
    exceptionLevel: 'DEBUG',
    protocolType: 'MCP',
    protocolConfiguration: {
      mcp: {
        supportedVersions: ['2025-03-26'],
        instructions: 'Use them',
        searchType: 'SEMANTIC',
        disableMcpListToolsPagination: true,
        streamingConfiguration: { enableResponseStreaming: false },
      },
    },
  }
  expect(refusalOf(all)).toBeUndefined()
  expect(refusalOf({ description: undefined, protocolConfiguration: {} })).toBeUndefined()
})

test('every mistake is told at once, by its pointer', ({ expect }) => {
  const refusal = refusalOf({
    name: 'no_underscores',
    roleArn: 'gateway',
    authorizerType: 'OPEN',
    exceptionLevel: 'INFO',
    protocolConfiguration: {
      mcp: { supportedVersions: ['2024-11-05'], instructions: '', versions: [] },
    },
  })
  expect(refusal?.code).toBe('ERR_INVALID_INPUT')
  expect(refusal?.message).toMatchInlineSnapshot(`
    "Gateway "no_underscores" cannot be used:
      /name: must be 1–48 letters or digits, with single hyphens between
      /authorizerType: must be one of "CUSTOM_JWT", "AWS_IAM", "NONE", "AUTHENTICATE_ONLY"
      /roleArn: must be the ARN of a role
      /exceptionLevel: must be "DEBUG"
      /protocolConfiguration/mcp/supportedVersions/0: must be one of "2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"
      /protocolConfiguration/mcp/instructions: must be a text of 1–2048 characters
      /protocolConfiguration/mcp/versions: is not accepted; accepted are supportedVersions, instructions, searchType, disableMcpListToolsPagination, streamingConfiguration"
  `)
})

test.for([
  [{ wafConfiguration: {} }, '/wafConfiguration: is'],
  [{ customTransformConfiguration: {} }, '/customTransformConfiguration: is'],
  [{ interceptorConfigurations: [{}] }, '/interceptorConfigurations: is'],
  [{ policyEngineConfiguration: {} }, '/policyEngineConfiguration: is'],
  [mcp({ sessionConfiguration: {} }), '/protocolConfiguration/mcp/sessionConfiguration: is'],
  [
    mcp({ streamingConfiguration: { enableResponseStreaming: true } }),
    '/protocolConfiguration/mcp/streamingConfiguration/enableResponseStreaming: is',
  ],
] as const)('%j is not there yet', ([rest, told], { expect }) => {
  const refusal = refusalOf(rest)
  expect(refusal?.code).toBe('ERR_NOT_SUPPORTED')
  expect(refusal?.message).toContain(`${told} not supported here yet`)
})

test('rules for tokens go with the authorizers that read tokens', ({ expect }) => {
  const authorizerConfiguration = configuration
  expect(refusalOf({ authorizerType: 'CUSTOM_JWT' })?.message).toContain('is missing')
  expect(refusalOf({ authorizerType: 'AUTHENTICATE_ONLY' })).toBeUndefined()
  expect(
    refusalOf({ authorizerType: 'AUTHENTICATE_ONLY', authorizerConfiguration }),
  ).toBeUndefined()
  for (const authorizerType of ['NONE', 'AWS_IAM']) {
    const refusal = refusalOf({ authorizerType, authorizerConfiguration })
    expect(refusal?.message).toContain('must be left out')
  }
})

test('no input makes the check break', () => {
  fc.assert(fc.property(fc.object({ maxDepth: 4 }), (rest) => void refusalOf(rest)))
})

function mcp(configured: object): object {
  return { protocolConfiguration: { mcp: configured } }
}
