import type { Scope } from '../../kernel/scope.ts'

const NAME = /^cdk-[a-z0-9]{1,10}-assets-(\d{12})-([a-z0-9-]+)$/

/**
 * Whether a name is the one that CDK's bootstrap template gives its bucket for assets (aws-cdk-lib,
 * DefaultStackSynthesizer: `cdk-${Qualifier}-assets-${AWS::AccountId}-${AWS::Region}`), in this account.
 */
export function isBootstrapBucket(name: string, { accountId }: Scope): boolean {
  return NAME.exec(name)?.[1] === accountId
}

const RESERVED = /^(?:cdk-[a-z0-9]{1,10}-assets|catamaran-image-builds)-(\d{12})-[a-z0-9-]+$/

/**
 * Whether deployments look for a bucket under this name without asking whose it is, and for those of
 * another account: who had it could keep that account from deploying, or wait for its code.
 */
export function isReservedForOther(name: string, { accountId }: Scope): boolean {
  const found = RESERVED.exec(name)?.[1]
  return found !== undefined && found !== accountId
}
