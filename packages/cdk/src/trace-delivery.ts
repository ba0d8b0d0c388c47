// Traces of a gateway or an agent runtime to X-Ray: a vended-log delivery (CloudWatch Logs, "Enabling
// logging from AWS services"; AgentCore developer guide, Observability).
import { ArnFormat, Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as logs from 'aws-cdk-lib/aws-logs'
import * as xray from 'aws-cdk-lib/aws-xray'
import type { Construct } from 'constructs'
import { uniqueName } from './unique-name.ts'

/** Names of sources and destinations have at most 60 characters. */
const MAX_NAME = 60

/** Delivers the spans of `resourceArn`, with a resource policy for that resource alone. */
export function deliverTraces(scope: Construct, resourceArn: string): void {
  const { account, partition } = Stack.of(scope)
  const name = uniqueName(scope, { maxLength: MAX_NAME, separator: '-' })
  const source = new logs.CfnDeliverySource(scope, 'TraceSource', {
    name,
    logType: 'TRACES',
    resourceArn,
  })
  const destination = new logs.CfnDeliveryDestination(scope, 'TraceDestination', {
    name,
    deliveryDestinationType: 'XRAY',
  })
  const document = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['xray:PutTraceSegments'],
        resources: ['*'], // X-Ray knows no smaller resource; the conditions say whose segments
        conditions: {
          'ForAllValues:ArnLike': { 'logs:LogGeneratingResourceArns': [resourceArn] },
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': Stack.of(scope).formatArn({
              partition,
              service: 'logs',
              resource: 'delivery-source',
              resourceName: name,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    ],
  })
  const policy = new xray.CfnResourcePolicy(scope, 'TracePolicy', {
    policyName: name,
    policyDocument: Stack.of(scope).toJsonString(document.toJSON()),
  })
  destination.addResourceDependency(policy)
  const delivery = new logs.CfnDelivery(scope, 'TraceDelivery', {
    deliverySourceName: name,
    deliveryDestinationArn: destination.attrArn,
  })
  delivery.addResourceDependency(source)
}
