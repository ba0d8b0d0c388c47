// Against a server that answers like Secrets Manager; the SDK finds it and its keys in the environment,
// as it does in a Lambda function.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { test, vi } from 'vitest'
import { loadSecrets } from './load-secrets.ts'

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:'

test('variables are set from secrets and from their fields', async ({ expect }) => {
  await using _ = await secretsManager({ plain: 'sk-1', fields: '{"apiKey":"sk-2"}' })
  const environment: NodeJS.ProcessEnv = {
    LANGUAGE: 'ja',
    CATAMARAN_SECRET_FIRST_KEY: `${ARN}plain`,
    CATAMARAN_SECRET_SECOND_KEY: `${ARN}fields#apiKey`,
  }
  await loadSecrets(environment)
  expect(environment).toMatchObject({ LANGUAGE: 'ja', FIRST_KEY: 'sk-1', SECOND_KEY: 'sk-2' })
})

test('a secret that cannot be read is named, and nothing of it is told', async ({ expect }) => {
  await using _ = await secretsManager({ plain: 'sk-very-secret' })
  const missing = loadSecrets({ CATAMARAN_SECRET_KEY: `${ARN}missing` })
  await expect(missing).rejects.toThrow(
    /^KEY cannot be read from Secrets Manager: .*:missing: no secret/,
  )
  await expect(missing).rejects.toThrow('create-secret --name missing ')
  const wrong = loadSecrets({ CATAMARAN_SECRET_KEY: `${ARN}plain#apiKey` })
  await expect(wrong).rejects.toThrow('no JSON object with a text named "apiKey"')
  await expect(wrong).rejects.not.toThrow('sk-very-secret')
})

test('without references nothing is asked', async ({ expect }) => {
  const environment = { LANGUAGE: 'ja' }
  await loadSecrets(environment)
  expect(environment).toEqual({ LANGUAGE: 'ja' })
})

async function secretsManager(secrets: Readonly<Record<string, string>>): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    void json(request).then((input) => {
      const { SecretId } = input as { readonly SecretId: string }
      const SecretString = secrets[SecretId.replace(ARN, '')]
      if (SecretString === undefined) {
        response.writeHead(400, { 'x-amzn-errortype': 'ResourceNotFoundException' })
        response.end('{"message":"no secret"}')
      } else response.end(JSON.stringify({ SecretString }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', `http://127.0.0.1:${port}`)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
  return {
    async [Symbol.asyncDispose]() {
      vi.unstubAllEnvs()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
