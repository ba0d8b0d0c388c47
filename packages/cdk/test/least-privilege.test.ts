// Every policy of every variant names its resources, but for the actions that know none.
import type { Stack } from 'aws-cdk-lib'
import { describe, test } from 'vitest'
import { synthesize } from './support/synthesize.ts'
import { VARIANTS } from './support/variants.ts'

/** Service authorization reference: no resource types. */
const WITHOUT_RESOURCE = [
  'ecr:GetAuthorizationToken',
  'logs:DescribeLogGroups',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]

interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: unknown
}

describe('policies name their resources', () => {
  for (const [name, build] of Object.entries(VARIANTS)) {
    test(name, ({ expect }) => {
      const statements = statementsOf(build)
      for (const { Action, Resource } of statements) {
        const actions = [Action].flat()
        expect(actions.filter((action) => action.includes('*'))).toEqual([])
        const isAny = JSON.stringify(Resource).includes('*')
        if (isAny) expect(WITHOUT_RESOURCE).toEqual(expect.arrayContaining(actions))
      }
      expect(statements.length).toBeGreaterThan(0)
    })
  }
})

function statementsOf(build: (stack: Stack) => void): readonly Statement[] {
  const policies = Object.values(synthesize(build).findResources('AWS::IAM::Policy')) as {
    readonly Properties: {
      readonly PolicyDocument: { readonly Statement: readonly Statement[] }
    }
  }[]
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
}
