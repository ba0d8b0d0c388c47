// Every AWS operation that this host serves, with what its model says about it, and the AWS SDK's own
// command for it. Made of the tables of handlers, so a test over it also covers what comes later.
import { readFileSync } from 'node:fs'
import * as data from '@aws-sdk/client-bedrock-agentcore'
import * as control from '@aws-sdk/client-bedrock-agentcore-control'
import * as cloudformation from '@aws-sdk/client-cloudformation'
import * as cognito from '@aws-sdk/client-cognito-identity-provider'
import * as ecr from '@aws-sdk/client-ecr'
import * as lambda from '@aws-sdk/client-lambda'
import * as secrets from '@aws-sdk/client-secrets-manager'
import * as ssm from '@aws-sdk/client-ssm'
import * as sts from '@aws-sdk/client-sts'
import type { Operation, ServiceModelName } from '../../src/aws/service-model.ts'
import { matchPattern } from '../../src/aws/pattern.ts'
import { awsApi } from '../../src/server/aws-api.ts'
import { awsValue } from '../fuzz/aws-values.ts'
import { createRandom } from '../fuzz/random.ts'
import type { AwsClients } from './aws-host.ts'

export interface ServedOperation {
  readonly service: ServiceModelName
  readonly name: string
  /** `lambda CreateFunction`; services share names of operations. */
  readonly id: string
  readonly operation: Operation
  /** The errors of its model, by name. */
  readonly errors: readonly string[]
}

/** The module of the AWS SDK that speaks to a service, and the client of `startAwsHost` made of it. */
export const SDKS = {
  'bedrock-agentcore': { module: '@aws-sdk/client-bedrock-agentcore', sdk: data, client: 'data' },
  'bedrock-agentcore-control': {
    module: '@aws-sdk/client-bedrock-agentcore-control',
    sdk: control,
    client: 'control',
  },
  cloudformation: {
    module: '@aws-sdk/client-cloudformation',
    sdk: cloudformation,
    client: 'cloudformation',
  },
  'cognito-idp': {
    module: '@aws-sdk/client-cognito-identity-provider',
    sdk: cognito,
    client: 'cognito',
  },
  ecr: { module: '@aws-sdk/client-ecr', sdk: ecr, client: 'ecr' },
  lambda: { module: '@aws-sdk/client-lambda', sdk: lambda, client: 'lambda' },
  secretsmanager: { module: '@aws-sdk/client-secrets-manager', sdk: secrets, client: 'secrets' },
  ssm: { module: '@aws-sdk/client-ssm', sdk: ssm, client: 'ssm' },
  sts: { module: '@aws-sdk/client-sts', sdk: sts, client: 'sts' },
} as const satisfies Record<ServiceModelName, { client: keyof AwsClients; [key: string]: unknown }>

export const SERVED: readonly ServedOperation[] = listServed()

function listServed(): ServedOperation[] {
  return awsApi(nothing()).services.flatMap(({ name: service, model, handlers, ...rest }) => {
    const errors = readErrors(service)
    const names = new Set([...handlers.keys(), ...rest.servedElsewhere])
    return [...names].sort().map((name) => {
      const operation = model.operations.get(name)
      if (operation === undefined) throw new Error(`${service} has no operation ${name}`)
      return { service, name, id: `${service} ${name}`, operation, errors: errors(name) }
    })
  })
}

/** Stands for every feature: tables are made of it and asked for their names; nothing is called. */
function nothing(): never {
  const self: unknown = new Proxy(() => self, { get: () => self, apply: () => self })
  return self as never
}

interface ErrorsFile {
  readonly operations: Readonly<
    Record<string, { readonly errors?: readonly { readonly shape: string }[] }>
  >
}

/** The host has no use for which operation may answer which error, so its models leave that out. */
function readErrors(service: ServiceModelName): (name: string) => readonly string[] {
  const file = new URL(`../../models/${service}.json`, import.meta.url)
  const { operations } = JSON.parse(readFileSync(file, 'utf8')) as ErrorsFile
  return (name) => (operations[name]?.errors ?? []).map(({ shape }) => shape)
}

/** Sends an operation through the AWS SDK; the input is whatever a test makes of it. */
export async function send(
  clients: AwsClients,
  { service, name }: Pick<ServedOperation, 'service' | 'name'>,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { sdk, client } = SDKS[service]
  const commands = sdk as unknown as Readonly<Record<string, new (input: object) => object>>
  const Command = commands[`${name}Command`]
  if (Command === undefined) throw new Error(`The AWS SDK has no ${service} ${name}`)
  const sender = clients[client] as unknown as { send(command: object): Promise<object> }
  return { ...(await sender.send(new Command(input))) }
}

/** An input with what the model requires and nothing else, the same every time. */
export function plainInput({ operation: { input } }: ServedOperation): Record<string, unknown> {
  const ONLY_REQUIRED = 100
  return input === undefined
    ? {}
    : (awsValue(input, createRandom(1), ONLY_REQUIRED) as Record<string, unknown>)
}

/** The same with one member that breaks the model's constraint on it; undefined where there is none. */
export function brokenInput(served: ServedOperation): Record<string, unknown> | undefined {
  for (const { name, shape, location } of served.operation.input?.members.values() ?? []) {
    const { type, max = Infinity, min = 0, pattern, enum: values } = shape
    const isFree = values === undefined && (pattern === undefined || matchPattern(pattern)('§'))
    if (type === 'string' && !isFree) return { ...plainInput(served), [name]: '§' }
    if (type === 'string' && max < MANY)
      return { ...plainInput(served), [name]: 'x'.repeat(max + 1) }
    if (type === 'string' && min > 0 && location !== 'uri')
      return { ...plainInput(served), [name]: '' }
    if (type === 'integer' && max < MANY) return { ...plainInput(served), [name]: max + 1 }
  }
  return undefined
}

const MANY = 100_000
