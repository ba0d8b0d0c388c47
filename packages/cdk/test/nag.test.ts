// cdk-nag's AWS Solutions rules over every way to use the constructs. The constructs acknowledge what
// cannot be otherwise; here is the list of it, so that another one is a decision.
import { Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { testApp } from './support/synthesize.ts'
import { VARIANTS } from './support/variants.ts'

const ACKNOWLEDGED = [
  'AwsSolutions-COG2', // no users, so nobody has a second factor
  'AwsSolutions-COG8', // no users, so nothing to protect for the plus plan's price
  'AwsSolutions-IAM5[Resource::*]', // logs:DescribeLogGroups, xray:Put…, ecr:GetAuthorizationToken
]

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string }[]
  }[]
}

describe('cdk-nag finds nothing', () => {
  for (const [name, build] of Object.entries(VARIANTS)) {
    test(name, ({ expect }) => {
      const { app, stack } = testApp()
      build(stack)
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
      const { directory } = app.synth()
      const report = JSON.parse(
        readFileSync(join(directory, 'validation-report.json'), 'utf8'),
      ) as Report
      expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([])
      const rules = stack.node
        .findAll()
        .flatMap(({ node }) => node.metadata)
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as object))
      for (const [id, reason] of rules) {
        expect(
          ACKNOWLEDGED.some((each) => id.endsWith(each)),
          id,
        ).toBe(true)
        expect(String(reason).length).toBeGreaterThan(20)
      }
    })
  }
})
