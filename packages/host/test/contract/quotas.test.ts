// Quotas of a thousand, used up through the AWS SDK; smaller ones are in `errors.test.ts`.
import { CreateGatewayCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, test } from 'vitest'
import { startAwsHost, type AwsHost } from '../support/aws-host.ts'
import { GATEWAY } from '../support/error-world.ts'

const QUOTA = 1_000
const AT_ONCE = 50

let host: AwsHost
beforeAll(async () => void (host = await startAwsHost()))
afterAll(() => host[Symbol.asyncDispose]())

async function useUp(create: (index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < QUOTA; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => create(from + index)))
  }
}

test('an account has a thousand gateways in a Region', async ({ expect }) => {
  const { control } = host.clients()
  const create = (index: number) =>
    control.send(new CreateGatewayCommand({ ...GATEWAY, name: `gateway${index}` }))
  await useUp(create)
  await expect(create(QUOTA)).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
    $metadata: { httpStatusCode: 402 },
  })
})

const EXCEEDED = { name: 'LimitExceededException', $metadata: { httpStatusCode: 400 } }

test('an account has a thousand user pools in a Region', async ({ expect }) => {
  // the host has a pool of its own in us-east-1
  const { cognito } = host.clients({ region: 'eu-central-1' })
  const create = (index: number) =>
    cognito.send(new CreateUserPoolCommand({ PoolName: `pool${index}` }))
  await useUp(create)
  await expect(create(QUOTA)).rejects.toMatchObject(EXCEEDED)
})

test('a pool has a thousand clients', async ({ expect }) => {
  const { cognito } = host.clients({ region: 'eu-west-1' })
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'shop' }))
  const create = (index: number) =>
    cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: `app${index}` }),
    )
  await useUp(create)
  await expect(create(QUOTA)).rejects.toMatchObject(EXCEEDED)
})
