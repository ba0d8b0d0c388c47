import type { JsonObject } from '../json.ts'
import type { ResourceState, ResourceType } from '../resource-type.ts'

const LOG_RETENTION = 'Custom::LogRetention'

/** CDK's way to set the retention of a function's log group: a custom resource from before LogGroup. */
export const logRetentionType: ResourceType = {
  type: LOG_RETENTION,
  required: ['ServiceToken', 'LogGroupName'],
  withoutEffect:
    "The retention of log groups is kept and shown; this host's log files are cut by size",
  needsReplacement: (before, after) => before['LogGroupName'] !== after['LogGroupName'],
  create: async ({ properties }) => stateOf(properties),
  update: async ({ properties }) => stateOf(properties),
  async delete() {
    // Nothing was made.
  },
}

function stateOf({ LogGroupName }: JsonObject): ResourceState {
  const name = typeof LogGroupName === 'string' ? LogGroupName : ''
  return { physicalId: name, attributes: { LogGroupName: name } }
}
