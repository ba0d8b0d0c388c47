import type { TagRow } from './write-tags.ts'

/** Tags of AgentCore's resources: `kind` is the part of an ARN before a resource's id. */
export function agentcoreTags(kind: string): TagRow {
  return {
    property: 'Tags',
    namesStack: true,
    write: {
      tag: 'TagResource',
      untag: 'UntagResource',
      identify: (physicalId, { scope: { region, accountId } }) => ({
        resourceArn: physicalId.startsWith('arn:')
          ? physicalId
          : `arn:aws:bedrock-agentcore:${region}:${accountId}:${kind}/${physicalId}`,
      }),
      member: 'tags',
      keysMember: 'tagKeys',
    },
  }
}
