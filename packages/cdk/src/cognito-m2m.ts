import { Aws, Duration, RemovalPolicy, SecretValue, Stack, Token, Validations } from 'aws-cdk-lib'
import * as cognito from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import type { IMcpAuthorizer, JwtAuthorizer } from './mcp-authorizer.ts'
import { Problems } from './problems.ts'

export interface CognitoM2MProps {
  /**
   * What callers may ask for: name and description. Tokens carry `{identifier}/{name}`, and a token
   * with any of them may call.
   *
   * @default { invoke: 'List and call the tools' }
   */
  readonly scopes?: Readonly<Record<string, string>>

  /**
   * The identifier of the resource server, the part of a scope before the slash. 1 to 256 characters.
   *
   * @default 'mcp'
   */
  readonly identifier?: string

  /**
   * The first label of the token endpoint's host name, unique in the Region for all AWS accounts: 1 to
   * 63 lower-case letters, digits and inner hyphens, without the words aws, amazon and cognito.
   *
   * @default - a name from the construct's path and the account's number
   */
  readonly domainPrefix?: string

  /**
   * How long a token is valid: 5 minutes to 1 day.
   *
   * @default Duration.hours(1)
   */
  readonly accessTokenValidity?: Duration

  /**
   * What becomes of the user pool when the stack goes. It holds no users, only the client.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy
}

/** Amazon Cognito developer guide, "Scopes, M2M, and resource servers" and "User pool domains". */
const IDENTIFIER = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/
const SCOPE_NAME = /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/
const DOMAIN_PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const RESERVED = /aws|amazon|cognito/
const MAX_DOMAIN_PREFIX = 63
const ACCOUNT_DIGITS = 12

/**
 * Callers that are programs: a Cognito user pool without users, and one client that gets tokens with
 * its secret (OAuth 2.0 client credentials). The secret is passed on inside the template as an attribute
 * of the client, so it never stands in the template and no custom resource has to fetch it.
 *
 * Share one among several servers: `new GatewayMcpServer(this, 'Tools', { authorizer: m2m })`.
 */
export class CognitoM2M extends Construct implements IMcpAuthorizer {
  readonly userPool: cognito.UserPool
  readonly userPoolClient: cognito.UserPoolClient
  readonly resourceServer: cognito.UserPoolResourceServer
  readonly domain: cognito.UserPoolDomain
  /** What to ask tokens for, e.g. `mcp/invoke`. */
  readonly scopes: readonly string[]
  readonly discoveryUrl: string
  /** Where tokens are: POST `grant_type=client_credentials`. */
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: SecretValue
  readonly authorization: JwtAuthorizer

  constructor(scope: Construct, id: string, props: CognitoM2MProps = {}) {
    super(scope, id)
    const { identifier, scopes, domainPrefix } = readProps(new Problems(this), props)
    this.userPool = createUserPool(this, props.removalPolicy ?? RemovalPolicy.DESTROY)
    this.resourceServer = this.userPool.addResourceServer('ResourceServer', { identifier, scopes })
    this.domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: domainPrefix ?? defaultDomainPrefix(this) },
    })
    this.userPoolClient = this.userPool.addClient('Client', {
      generateSecret: true,
      accessTokenValidity: props.accessTokenValidity ?? Duration.hours(1),
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes.map((each) => cognito.OAuthScope.resourceServer(this.resourceServer, each)),
      },
    })

    const { region, urlSuffix } = Stack.of(this)
    const client = this.userPoolClient.node.defaultChild as cognito.CfnUserPoolClient
    this.scopes = scopes.map(({ scopeName }) => `${identifier}/${scopeName}`)
    this.clientId = this.userPoolClient.userPoolClientId
    this.clientSecret = SecretValue.resourceAttribute(client.attrClientSecret)
    this.tokenUrl = `${this.domain.baseUrl()}/oauth2/token`
    this.discoveryUrl = `https://cognito-idp.${region}.${urlSuffix}/${this.userPool.userPoolId}/.well-known/openid-configuration`
    this.authorization = {
      type: 'CUSTOM_JWT',
      discoveryUrl: this.discoveryUrl,
      allowedClients: [this.clientId],
      allowedScopes: this.scopes,
    }
  }
}

function readProps(problems: Problems, props: CognitoM2MProps) {
  const { identifier = 'mcp', scopes = { invoke: 'List and call the tools' }, domainPrefix } = props
  if (!IDENTIFIER.test(identifier)) {
    problems.add(
      `identifier: ${JSON.stringify(identifier)} must be 1 to 256 printable characters without spaces, " and \\.`,
    )
  }
  const names = Object.keys(scopes)
  if (names.length === 0) problems.add('scopes: at least one is needed.')
  for (const name of names) {
    if (SCOPE_NAME.test(name)) continue
    problems.add(
      `scopes: ${JSON.stringify(name)} must be 1 to 256 printable characters without spaces, /, " and \\.`,
    )
  }
  const isKnown = domainPrefix !== undefined && !Token.isUnresolved(domainPrefix)
  if (isKnown && (!DOMAIN_PREFIX.test(domainPrefix) || RESERVED.test(domainPrefix))) {
    problems.add(
      `domainPrefix: ${JSON.stringify(domainPrefix)} must be 1 to 63 lower-case letters, digits and inner hyphens, without the words aws, amazon and cognito.`,
    )
  }
  return {
    identifier,
    domainPrefix: problems.count === 0 ? domainPrefix : undefined,
    scopes: Object.entries(scopes).map(
      ([scopeName, scopeDescription]) =>
        new cognito.ResourceServerScope({ scopeName, scopeDescription }),
    ),
  }
}

/** Two accounts may deploy the same stack; a prefix can be taken only once in a Region. */
function defaultDomainPrefix(scope: Construct): string {
  const name = scope.node.path.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const allowed = name.replaceAll(/aws|amazon|cognito/g, '').replaceAll(/^-+|-+$/g, '')
  const room = MAX_DOMAIN_PREFIX - ACCOUNT_DIGITS - 1 - UNIQUE_DIGITS - 1
  const unique = scope.node.addr.slice(-UNIQUE_DIGITS)
  return `${allowed.slice(0, room) || 'mcp'}-${unique}-${Aws.ACCOUNT_ID}`
}

const UNIQUE_DIGITS = 8

function createUserPool(scope: Construct, removalPolicy: RemovalPolicy): cognito.UserPool {
  const userPool = new cognito.UserPool(scope, 'UserPool', {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    passwordPolicy: {
      minLength: 16,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
    },
    removalPolicy,
  })
  Validations.of(userPool).acknowledge(
    {
      id: 'AwsSolutions-COG2',
      reason: 'Nobody signs in: the pool has no users, its only client uses client credentials.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason:
        'The plus plan protects the sign-ins of users; this pool has none, only machine-to-machine tokens.',
    },
  )
  return userPool
}
