import fc from 'fast-check'
import { test } from 'vitest'
import { parseAwsHostName } from './aws-host-names.ts'

const service = fc.constantFrom(
  'api.ecr' as const,
  'bedrock-agentcore' as const,
  'bedrock-agentcore-control' as const,
  'cloudformation' as const,
  'cognito-idp' as const,
  'lambda' as const,
  'secretsmanager' as const,
  'ssm' as const,
  'sts' as const,
)
const region = fc.constantFrom('us-east-1', 'ap-northeast-1', 'us-gov-west-1', 'eusc-de-east-1')
const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
const port = fc.constantFrom('', ':443', ':80')

test('the API of every served service is found in every Region', ({ expect }) => {
  fc.assert(
    fc.property(service, region, port, (service, region, port) => {
      const host = `${service}.${region}.amazonaws.com${port}`
      expect(parseAwsHostName(host)).toEqual({ service, region })
      expect(parseAwsHostName(host.toUpperCase())).toEqual({ service, region })
    }),
  )
})

test('a gateway and a user pool domain are found by their names', ({ expect }) => {
  fc.assert(
    fc.property(label, region, (name, region) => {
      const gateway = `${name}.gateway.bedrock-agentcore.${region}.amazonaws.com`
      expect(parseAwsHostName(gateway)).toEqual({ service: 'gateway', region, name })
      const domain = `${name}.auth.${region}.amazoncognito.com`
      expect(parseAwsHostName(domain)).toEqual({ service: 'cognito-domain', region, name })
    }),
  )
})

test('the global name of STS stands for us-east-1', ({ expect }) => {
  expect(parseAwsHostName('sts.amazonaws.com')).toEqual({ service: 'sts', region: 'us-east-1' })
})

test('a bucket is found by its name, with dots in it or without, and with a Region or without', ({
  expect,
}) => {
  const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,30}[a-z0-9](?:\.[a-z0-9]{1,20})?$/)
  fc.assert(
    fc.property(bucket, region, port, (name, region, port) => {
      const found = { service: 's3', region, name }
      expect(parseAwsHostName(`${name}.s3.${region}.amazonaws.com${port}`)).toEqual(found)
      const global = { ...found, region: 'us-east-1' }
      expect(parseAwsHostName(`${name}.s3.amazonaws.com${port}`)).toEqual(global)
    }),
  )
  const service = 's3'
  expect(parseAwsHostName('s3.amazonaws.com')).toEqual({ service, region: 'us-east-1' })
  const region2 = 'ap-northeast-1'
  expect(parseAwsHostName(`s3.${region2}.amazonaws.com`)).toEqual({ service, region: region2 })
})

test('a served name inside another name is not served', ({ expect }) => {
  fc.assert(
    fc.property(service, region, label, (service, region, other) => {
      const name = `${service}.${region}.amazonaws.com`
      for (const host of [
        `${name}.${other}`,
        `${name}.${other}.com`,
        `${name}.cn`,
        `${name}.`,
        `.${name}`,
        ` ${name}`,
        `${name}\n`,
        `user@${name}`,
        `${other}-${name}`,
        `${other}.${name}`,
        name.replaceAll('.', 'x'),
      ]) {
        expect(parseAwsHostName(host)).toBeUndefined()
      }
    }),
  )
})

test.for([
  's3.dualstack.us-east-1.amazonaws.com',
  's3-us-west-2.amazonaws.com',
  '-bucket.s3.amazonaws.com',
  'ab.s3.amazonaws.com',
  'bedrock-runtime.us-east-1.amazonaws.com',
  'lambda.amazonaws.com',
  'sts.us-east-1.api.aws',
  'abc.lambda-url.us-east-1.on.aws',
  'amazonaws.com',
  'amazoncognito.com',
  'localhost',
  '127.0.0.1:4420',
  '[::1]:443',
  '',
])('%s is not served here', (host, { expect }) => {
  expect(parseAwsHostName(host)).toBeUndefined()
})

test('no text makes the reader throw or wait', () => {
  fc.assert(
    fc.property(fc.string(), (text) => void parseAwsHostName(text)),
    { numRuns: 500 },
  )
  parseAwsHostName(`${'a-'.repeat(50_000)}.auth.us-east-1.amazoncognito.com`)
})
