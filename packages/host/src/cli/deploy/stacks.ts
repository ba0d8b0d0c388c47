import { reachHost } from '../host-record.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import { findTarget } from './aws/connect.ts'
import type { StacksFlags } from './deploy-flags.ts'
import { outputsObject } from './describe-outputs.ts'

/** `catamaran stacks`: the stacks of an account and Region, and how they are. */
export async function stacks(flags: StacksFlags): Promise<void> {
  const target = await findTarget(await reachHost(flags.url), flags)
  const found = await createCloudFormation(target.connect()).listStacks()
  if (flags.json) {
    const described = found.map(({ outputs, parameters, tags, ...rest }) => ({
      ...rest,
      outputs: outputsObject(outputs),
      parameters: [...parameters.keys()],
      tags: Object.fromEntries(tags),
    }))
    return void process.stdout.write(`${JSON.stringify({ stacks: described })}\n`)
  }
  const width = Math.max(...found.map(({ stackName }) => stackName.length), 0)
  const statusWidth = Math.max(...found.map(({ status }) => status.length), 0)
  for (const { stackName, status, changedAt, description = '' } of found) {
    const when = changedAt.replace(/\.\d+/, '')
    const line = `${stackName.padEnd(width)}  ${status.padEnd(statusWidth)}  ${when}  ${description}`
    process.stdout.write(`${line.trimEnd()}\n`)
  }
}
