import type { Json } from '../json.ts'
import type { PseudoParameters } from './evaluation-scope.ts'

export const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
])

/** The value of one; `AWS::NoValue` has none. */
export function findPseudoParameter(name: string, pseudo: PseudoParameters): Json | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return pseudo.accountId
    case 'AWS::NotificationARNs':
      return pseudo.notificationArns ?? []
    case 'AWS::Partition':
      return 'aws' // the host's ARNs are of this partition in every Region
    case 'AWS::Region':
      return pseudo.region
    case 'AWS::StackId':
      return pseudo.stackId
    case 'AWS::StackName':
      return pseudo.stackName
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    default:
      return undefined
  }
}
