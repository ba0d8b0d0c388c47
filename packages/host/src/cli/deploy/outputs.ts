import { HostError } from '../../kernel/host-error.ts'
import { reachHost } from '../host-record.ts'
import { createCloudFormation } from './aws/cloudformation.ts'
import type { StackDescription } from './aws/stack-description.ts'
import { findTarget } from './aws/connect.ts'
import type { OutputsFlags } from './deploy-flags.ts'
import {
  describeOutputs,
  describeVariables,
  outputsObject,
  printOutputs,
} from './describe-outputs.ts'

/** `catamaran outputs`: what a stack says of itself; for people, as variables, or as JSON. */
export async function outputs(name: string | undefined, flags: OutputsFlags): Promise<void> {
  const target = await findTarget(await reachHost(flags.url), flags)
  const cloudFormation = createCloudFormation(target.connect())
  const found =
    name === undefined
      ? chooseOne(await cloudFormation.listStacks())
      : await cloudFormation.findStack(name)
  if (found === undefined) {
    const message = `There is no stack ${name}; \`catamaran stacks\` lists those that are there`
    throw new HostError('ERR_NOT_FOUND', message)
  }
  const { outputs: all } = found
  if (flags.json) process.stdout.write(`${JSON.stringify(outputsObject(all))}\n`)
  else printOutputs(flags.env ? describeVariables(all) : describeOutputs(all, ''))
}

/** Stacks without outputs are none that somebody asks for. */
function chooseOne(stacks: readonly StackDescription[]): StackDescription {
  const candidates = stacks.length > 1 ? stacks.filter((it) => it.outputs.length > 0) : stacks
  const [only, ...others] = candidates
  if (only !== undefined && others.length === 0) return only
  if (only === undefined) throw new HostError('ERR_NOT_FOUND', 'No stack has outputs')
  const names = candidates.map(({ stackName }) => `  ${stackName}`).join('\n')
  throw new HostError('ERR_INVALID_INPUT', `Name one of the stacks:\n${names}`)
}
