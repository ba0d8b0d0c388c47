import { Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { McpAlarmProps } from './mcp-server-props.ts'

const PERIOD = Duration.minutes(5)

/** A metric, and what its alarm says to the person it wakes. */
export interface Watched {
  readonly id: string
  readonly metric: cloudwatch.Metric
  readonly description: string
  /** The metric's own threshold, where counting to `McpAlarmProps.threshold` would not do. */
  readonly threshold?: number
}

/** An alarm for each; no data is good news, because nobody called. */
export function addAlarms(
  scope: Construct,
  { actions = [], threshold = 1 }: McpAlarmProps,
  watched: readonly Watched[],
): readonly cloudwatch.Alarm[] {
  return watched.map(({ id, metric, description, threshold: own }) => {
    const alarm = new cloudwatch.Alarm(scope, `${id}Alarm`, {
      metric: metric.with({ period: PERIOD }),
      alarmDescription: description,
      threshold: own ?? threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(...actions)
    return alarm
  })
}
