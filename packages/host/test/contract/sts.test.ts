import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { test } from 'vitest'
import { createStsService } from '../../src/api/sts/service.ts'
import { createTemporaryKeys } from '../../src/api/sts/temporary-keys.ts'
import type { AccessKeys } from '../../src/aws/authenticate.ts'
import { ACCESS_KEY, ACCOUNT_ID, startAwsApi, testSealer } from '../support/aws-api.ts'

const ROLE = 'arn:aws:iam::444455556666:role/path/to/reader'

async function startSts(now?: () => Date, allowOtherAccounts = true) {
  const temporaryKeys = createTemporaryKeys(await testSealer())
  const identity = {
    accountId: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:user/me`,
    userId: 'AIDA',
  }
  const accessKeys: AccessKeys = {
    find: (id, token) =>
      temporaryKeys.findTemporaryKey(id, token) ??
      (id === ACCESS_KEY.accessKeyId && token === undefined
        ? { ...identity, secretAccessKey: ACCESS_KEY.secretAccessKey }
        : undefined),
  }
  const api = await startAwsApi({
    services: [createStsService(temporaryKeys, { allowOtherAccounts })],
    accessKeys,
    ...(now && { now }),
  })
  const client = (change: object = {}) => new STSClient({ ...api.client, ...change })
  return { ...api, sts: client(), as: (credentials: object) => client({ credentials }) }
}

/** The keys of an assumed role, as an SDK wants them. */
async function assume(sts: STSClient, change: object = {}) {
  const command = new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'me', ...change })
  const { Credentials } = await sts.send(command)
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
    Expiration,
  } = Credentials ?? {}
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration,
  }
}

test('GetCallerIdentity says whose key it was', async ({ expect }) => {
  await using api = await startSts()
  expect(await api.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: ACCOUNT_ID,
    Arn: `arn:aws:iam::${ACCOUNT_ID}:user/me`,
    UserId: 'AIDA',
  })
})

test('the keys of an assumed role sign as that role, in its account', async ({ expect }) => {
  await using api = await startSts()
  const credentials = await assume(api.sts, { DurationSeconds: 900 })
  expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
  const left = (credentials.expiresAt?.getTime() ?? 0) - Date.now()
  expect(Math.abs(left - 900_000)).toBeLessThan(60_000)
  expect(await api.as(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws:sts::444455556666:assumed-role/reader/me',
    UserId: expect.stringMatching(/^AROA[0-9A-F]{17}:me$/),
  })
})

test('an assumed role may assume another, for an hour at most', async ({ expect }) => {
  await using api = await startSts()
  const chained = api.as(await assume(api.sts))
  await expect(assume(chained, { DurationSeconds: 3_601 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('role chaining'),
  })
  expect((await assume(chained)).sessionToken).not.toBe('')
})

test('a session token is good for its own key only, and not when changed', async ({ expect }) => {
  await using api = await startSts()
  const [one, two] = [await assume(api.sts), await assume(api.sts)]
  const invalid = { name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } }
  const ask = (credentials: object) => api.as(credentials).send(new GetCallerIdentityCommand({}))
  await expect(ask({ ...one, sessionToken: two.sessionToken })).rejects.toMatchObject(invalid)
  await expect(ask({ ...one, sessionToken: `${one.sessionToken}A` })).rejects.toMatchObject(invalid)
  await expect(ask({ ...one, sessionToken: undefined })).rejects.toMatchObject(invalid)
  await expect(ask({ ...one, secretAccessKey: two.secretAccessKey })).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  })
})

test('keys end when they said they would', async ({ expect }) => {
  await using api = await startSts()
  const old = await assume(api.sts)
  await using later = await startSts(() => new Date(Date.now() + 3_601_000))
  const credentials = { ...old, expiration: undefined }
  await expect(later.as(credentials).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
    $metadata: { httpStatusCode: 403 },
  })
})

test('what would have to be enforced is refused, and what is no role as well', async ({
  expect,
}) => {
  await using api = await startSts()
  const refused = (change: object) => expect(assume(api.sts, change)).rejects
  await refused({ Policy: '{}' }).toMatchObject({
    name: 'ValidationError',
    message: /not enforced/,
  })
  await refused({ RoleArn: `arn:aws:iam::${ACCOUNT_ID}:user/someone` }).toMatchObject({
    name: 'ValidationError',
  })
  await refused({ RoleArn: 'short' }).toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
  })
})

test('where signatures are verified, a key becomes roles of its own account only', async ({
  expect,
}) => {
  await using api = await startSts(undefined, false)
  await expect(assume(api.sts)).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  })
  const own = `arn:aws:iam::${ACCOUNT_ID}:role/reader`
  expect(await assume(api.sts, { RoleArn: own })).toHaveProperty('sessionToken')
})
