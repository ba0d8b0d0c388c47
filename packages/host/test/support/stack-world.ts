// A host with a CloudFormation client, and templates that need nothing but the host.
import {
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type CloudFormationClient,
  type CreateStackCommandInput,
  type Stack,
} from '@aws-sdk/client-cloudformation'

/** A stack of parameters: `{ Name: value }` becomes `/stack/Name`. */
export function parametersTemplate(
  values: Readonly<Record<string, unknown>>,
  more: object = {},
): string {
  const Resources = Object.fromEntries(
    Object.entries(values).map(([name, Value]) => [
      name,
      {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: { 'Fn::Sub': `/\${AWS::StackName}/${name}` }, Value },
      },
    ]),
  )
  return JSON.stringify({ Resources, ...more })
}

/** Sends CreateStack and waits until nothing is done any more. */
export async function createStack(
  client: CloudFormationClient,
  StackName: string,
  TemplateBody: string,
  more: Partial<CreateStackCommandInput> = {},
): Promise<Stack> {
  await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }))
  return settled(client, StackName)
}

export async function updateStack(
  client: CloudFormationClient,
  StackName: string,
  TemplateBody: string,
  more: object = {},
): Promise<Stack> {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }))
  return settled(client, StackName)
}

/** The stack once its state is a last one. */
export async function settled(client: CloudFormationClient, StackName: string): Promise<Stack> {
  for (;;) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }))
    const stack = Stacks[0]
    if (stack === undefined) throw new Error(`There is no stack ${StackName}`)
    if (!stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack
    if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
