import { test } from 'vitest'
import { z } from 'zod'
import { defineServer, tool, type ToolContext } from './index.ts'

const seen: ToolContext[] = []

const greet = tool({
  name: 'greet_user',
  description: 'Greet a user by name',
  input: z.object({ name: z.string() }),
  handler: ({ name }, context) => {
    seen.push(context)
    context.progress(1)
    return `Hello, ${name}!`
  },
})
const add = tool({
  name: 'add',
  description: 'Add',
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.object({ sum: z.number() }),
  handler: ({ a, b }) => ({ sum: a + b, internal: true }),
})

const { handler } = defineServer({ name: 'both', tools: [greet, add] })
const { handler: greetOnly } = defineServer({ name: 'one', tools: [greet] })

function calling(toolName: string, more: object = {}) {
  return { clientContext: { custom: { bedrockAgentCoreToolName: toolName, ...more } } }
}

test('the client context names the tool behind its target', async ({ expect }) => {
  expect(await handler({ name: 'Ann' }, calling('my-target___greet_user'))).toBe('Hello, Ann!')
  expect(await handler({ a: 1, b: 2 }, calling('t___add'))).toEqual({ sum: 3 })
  expect(await handler({ a: 1, b: 2 }, calling('add'))).toEqual({ sum: 3 })
  const capital = { clientContext: { Custom: { bedrockAgentCoreToolName: 't___add' } } }
  expect(await handler({ a: 1, b: 2 }, capital)).toEqual({ sum: 3 })
})

test('without a name the only tool is meant', async ({ expect }) => {
  expect(await greetOnly({ name: 'Ann' })).toBe('Hello, Ann!')
  expect(await greetOnly({ name: 'Ann' }, { clientContext: undefined })).toBe('Hello, Ann!')
  await expect(handler({ name: 'Ann' })).rejects.toMatchObject({ name: 'UnknownTool' })
})

test('a name that is not ours is refused, whatever else there is', async ({ expect }) => {
  const refused = greetOnly({ name: 'Ann' }, calling('t___gone'))
  await expect(refused).rejects.toMatchObject({
    name: 'UnknownTool',
    message: 'No tool "t___gone"; this function has greet_user.',
  })
})

test('bad arguments are an error with a name that Lambda reports', async ({ expect }) => {
  await expect(greetOnly(undefined)).rejects.toMatchObject({ name: 'InvalidArguments' })
  await expect(greetOnly({ name: 1 })).rejects.toThrow('- name: Invalid input')
})

test('the context knows the request, its caller and its deadline', async ({ expect }) => {
  const claims = Buffer.from(JSON.stringify({ sub: 'ann', client_id: 'app' })).toString('base64url')
  const { clientContext } = calling('t___greet_user', {
    bedrockAgentCoreAwsRequestId: 'gateway-request',
    bedrockAgentCorePropagatedHeaders: { Authorization: `Bearer x.${claims}.y` },
  })
  await greetOnly({ name: 'Ann' }, { clientContext, getRemainingTimeInMillis: () => 0 })
  const context = seen.at(-1)
  expect(context?.requestId).toBe('gateway-request')
  expect(context?.caller).toEqual({ subject: 'ann', clientId: 'app' })
  const signal = context?.signal
  await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
  expect(signal?.reason).toMatchObject({ name: 'TimeoutError' })
})

test('a call without a gateway has Lambda’s own request id and no deadline', async ({ expect }) => {
  await greetOnly({ name: 'Ann' }, { awsRequestId: 'lambda-request' })
  const context = seen.at(-1)
  expect(context?.requestId).toBe('lambda-request')
  expect(context?.caller).toBeUndefined()
  expect(context?.signal.aborted).toBe(false)
})
