// The function most contract tests of Lambda are about: how it is made and called.
import {
  CreateFunctionCommand,
  InvokeCommand,
  type CreateFunctionCommandInput,
  type InvokeCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda'
import { startLambdaWorld } from './lambda-world.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { zipFiles } from './zip.ts'

export const ROLE = 'arn:aws:iam::000000000000:role/any'
export const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:it'

const echo = `export const handler = async (event, context) => ({
  event,
  arn: context.invokedFunctionArn,
  version: context.functionVersion,
  requestId: context.awsRequestId,
  custom: context.clientContext?.custom,
  region: process.env.AWS_REGION,
  secret: process.env.SECRET,
  logStream: context.logStreamName,
})`

/** A world in a folder that goes with it. */
export async function startWorld(options: Partial<Parameters<typeof startLambdaWorld>[0]> = {}) {
  const folder = await temporaryFolder()
  const world = await startLambdaWorld({ dataDir: folder.path, ...options })
  return {
    ...world,
    dataDir: folder.path,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** What a test says of a function that is not ordinary. */
export type Creation = Partial<CreateFunctionCommandInput> & { readonly source?: string }

/** The function `it`, which tells what it was called with unless it has a `source` of its own. */
export function create(client: LambdaClient, { source = echo, ...input }: Creation = {}) {
  return client.send(
    new CreateFunctionCommand({
      FunctionName: 'it',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: zipFiles({ 'index.mjs': source }) },
      ...input,
    }),
  )
}

/** The SDK's answer, with the payload read. */
export async function invoke(
  client: LambdaClient,
  event: unknown,
  input: Partial<InvokeCommandInput> = {},
) {
  const { Payload, ...answer } = await client.send(
    new InvokeCommand({ FunctionName: 'it', Payload: JSON.stringify(event), ...input }),
  )
  const text = Payload?.transformToString() ?? ''
  const payload: unknown = text === '' ? undefined : JSON.parse(text)
  return { ...answer, payload }
}

/** A function that answers nothing but its version. */
export function says(version: string) {
  return `export const handler = async () => '${version}'`
}
