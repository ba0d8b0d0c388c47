// Bundled in front of the author's file, and run before it: the environment variables that stand in
// Secrets Manager. In a Lambda function and in an agent runtime alike, the keys of the execution role
// are what the SDK finds by itself.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SECRET_PREFIX } from './secret-variables.ts'

/** Sets every variable that was given as a reference; fails with the name of the one it cannot read. */
export async function loadSecrets(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const references = Object.entries(environment).flatMap(([name, reference]) =>
    name.startsWith(SECRET_PREFIX) && reference !== undefined
      ? [{ name: name.slice(SECRET_PREFIX.length), reference }]
      : [],
  )
  if (references.length === 0) return
  const client = new SecretsManagerClient({})
  await Promise.all(
    references.map(async ({ name, reference }) => {
      environment[name] = await readSecret(client, reference).catch((cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : String(cause)
        const told = `${reference}: ${reason}${hint(reference, cause)}`
        throw new Error(`${name} cannot be read from Secrets Manager: ${told}`, { cause })
      })
    }),
  )
  client.destroy()
}

function hint(reference: string, cause: unknown): string {
  if (!(cause instanceof Error) || cause.name !== 'ResourceNotFoundException') return ''
  const secretName = reference.replace(/#.*/, '').replace(/^arn:.*:secret:/, '')
  return ` (aws secretsmanager create-secret --name ${secretName} --secret-string …)`
}

async function readSecret(client: SecretsManagerClient, reference: string): Promise<string> {
  const [SecretId, field] = reference.split('#', 2)
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }))
  if (SecretString === undefined) throw new Error('the secret holds bytes, not a text')
  if (field === undefined) return SecretString
  const value: unknown = readObject(SecretString)[field]
  if (typeof value === 'string') return value
  throw new Error(`the secret is no JSON object with a text named ${JSON.stringify(field)}`)
}

/** Nothing of a secret may get into an error, not even the piece that `JSON.parse` would quote. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
