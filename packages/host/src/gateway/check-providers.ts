import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { CredentialProviders } from './outbound-tokens.ts'
import type { TargetFacts } from './target-record.ts'

/** Refuses a target whose credential provider is not there, of another kind, or somebody else's. */
export function checkProviders(
  { credentialProviderConfigurations }: TargetFacts,
  { accountId, region }: Scope,
  providers: CredentialProviders,
): void {
  for (const { credentialProviderType, credentialProvider } of credentialProviderConfigurations) {
    if (credentialProviderType === 'GATEWAY_IAM_ROLE') continue
    const { providerArn } =
      'oauthCredentialProvider' in credentialProvider
        ? credentialProvider.oauthCredentialProvider
        : credentialProvider.apiKeyCredentialProvider
    const [, , , itsRegion, itsAccount] = providerArn.split(':')
    const isOwn = itsRegion === region && itsAccount === accountId
    if (isOwn && providers.kindOf(providerArn) === credentialProviderType) continue
    const message = `There is no credential provider ${providerArn} for ${credentialProviderType}`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
}
