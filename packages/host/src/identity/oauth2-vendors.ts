// The vendors of CreateOauth2CredentialProvider. That the service knows their servers is documented;
// the addresses are the vendors' own published ones. Vendors that give every customer a server of its
// own have none here: the caller says it.
import type { OauthDiscovery } from './credential-provider.ts'

export interface Oauth2Vendor {
  /** The only member of `oauth2ProviderConfigInput` that goes with the vendor. */
  readonly configArm: string
  /** Where its server is; `custom`: in `oauthDiscovery`; `tenant`: in issuer and endpoints. */
  readonly server: OauthDiscovery | MicrosoftTenant | 'custom' | 'tenant'
}

interface MicrosoftTenant {
  readonly forTenant: (tenantId: string) => OauthDiscovery
}

const INCLUDED = 'includedOauth2ProviderConfig'
const TENANT: Oauth2Vendor = { configArm: INCLUDED, server: 'tenant' }

export const OAUTH2_VENDORS: Readonly<Record<string, Oauth2Vendor>> = {
  CustomOauth2: { configArm: 'customOauth2ProviderConfig', server: 'custom' },
  GoogleOauth2: {
    configArm: 'googleOauth2ProviderConfig',
    server: discovered('https://accounts.google.com'),
  },
  MicrosoftOauth2: {
    configArm: 'microsoftOauth2ProviderConfig',
    server: {
      forTenant: (tenantId) =>
        discovered(`https://login.microsoftonline.com/${encodeURIComponent(tenantId)}/v2.0`),
    },
  },
  GithubOauth2: {
    configArm: 'githubOauth2ProviderConfig',
    server: described('https://github.com', '/login/oauth/authorize', '/login/oauth/access_token'),
  },
  SlackOauth2: {
    configArm: 'slackOauth2ProviderConfig',
    server: described('https://slack.com', '/oauth/v2/authorize', '/api/oauth.v2.access'),
  },
  SalesforceOauth2: {
    configArm: 'salesforceOauth2ProviderConfig',
    server: discovered('https://login.salesforce.com'),
  },
  AtlassianOauth2: {
    configArm: 'atlassianOauth2ProviderConfig',
    server: described('https://auth.atlassian.com', '/authorize', '/oauth/token'),
  },
  LinkedinOauth2: {
    configArm: 'linkedinOauth2ProviderConfig',
    server: described(
      'https://www.linkedin.com',
      '/oauth/v2/authorization',
      '/oauth/v2/accessToken',
      'client_secret_post',
    ),
  },
  XOauth2: included('https://x.com', '/i/oauth2/authorize', 'https://api.x.com/2/oauth2/token'),
  FacebookOauth2: included(
    'https://www.facebook.com',
    '/v23.0/dialog/oauth',
    'https://graph.facebook.com/v23.0/oauth/access_token',
    'client_secret_post',
  ),
  YandexOauth2: included('https://oauth.yandex.com', '/authorize', '/token'),
  RedditOauth2: included('https://www.reddit.com', '/api/v1/authorize', '/api/v1/access_token'),
  ZoomOauth2: included('https://zoom.us', '/oauth/authorize', '/oauth/token'),
  TwitchOauth2: {
    configArm: INCLUDED,
    server: discovered('https://id.twitch.tv/oauth2'),
  },
  SpotifyOauth2: included('https://accounts.spotify.com', '/authorize', '/api/token'),
  DropboxOauth2: included(
    'https://www.dropbox.com',
    '/oauth2/authorize',
    'https://api.dropboxapi.com/oauth2/token',
  ),
  NotionOauth2: included('https://api.notion.com', '/v1/oauth/authorize', '/v1/oauth/token'),
  HubspotOauth2: included(
    'https://app.hubspot.com',
    '/oauth/authorize',
    'https://api.hubapi.com/oauth/v1/token',
    'client_secret_post',
  ),
  OktaOauth2: TENANT,
  OneLoginOauth2: TENANT,
  PingOneOauth2: TENANT,
  CyberArkOauth2: TENANT,
  FusionAuthOauth2: TENANT,
  Auth0Oauth2: TENANT,
  CognitoOauth2: TENANT,
}

function discovered(issuer: string): OauthDiscovery {
  return { discoveryUrl: `${issuer}/.well-known/openid-configuration` }
}

/** A server without a discovery document; its endpoints are addresses, or paths at the issuer. */
function described(
  issuer: string,
  authorization: string,
  token: string,
  authMethod?: string,
): OauthDiscovery {
  return {
    authorizationServerMetadata: {
      issuer,
      authorizationEndpoint: new URL(authorization, issuer).href,
      tokenEndpoint: new URL(token, issuer).href,
      responseTypes: ['code'],
      ...(authMethod !== undefined && { tokenEndpointAuthMethods: [authMethod] }),
    },
  }
}

function included(...server: Parameters<typeof described>): Oauth2Vendor {
  return { configArm: INCLUDED, server: described(...server) }
}
