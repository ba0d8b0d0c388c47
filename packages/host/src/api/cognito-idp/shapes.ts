// Written by scripts/generate-shapes.ts from models/cognito-idp.json; change the model instead.

export type CognitoIdpOperations = {
  AddUserPoolClientSecret: {
    input: AddUserPoolClientSecretRequest
    output: AddUserPoolClientSecretResponse
  }
  AdminCreateUser: { input: AdminCreateUserRequest; output: AdminCreateUserResponse }
  AdminDeleteUser: { input: AdminDeleteUserRequest; output: {} }
  AdminDisableUser: { input: AdminDisableUserRequest; output: AdminDisableUserResponse }
  AdminEnableUser: { input: AdminEnableUserRequest; output: AdminEnableUserResponse }
  AdminGetUser: { input: AdminGetUserRequest; output: AdminGetUserResponse }
  AdminInitiateAuth: { input: AdminInitiateAuthRequest; output: AdminInitiateAuthResponse }
  AdminRespondToAuthChallenge: {
    input: AdminRespondToAuthChallengeRequest
    output: AdminRespondToAuthChallengeResponse
  }
  AdminSetUserPassword: { input: AdminSetUserPasswordRequest; output: AdminSetUserPasswordResponse }
  AdminUpdateUserAttributes: {
    input: AdminUpdateUserAttributesRequest
    output: AdminUpdateUserAttributesResponse
  }
  CreateResourceServer: { input: CreateResourceServerRequest; output: CreateResourceServerResponse }
  CreateUserPool: { input: CreateUserPoolRequest; output: CreateUserPoolResponse }
  CreateUserPoolClient: { input: CreateUserPoolClientRequest; output: CreateUserPoolClientResponse }
  CreateUserPoolDomain: { input: CreateUserPoolDomainRequest; output: CreateUserPoolDomainResponse }
  DeleteResourceServer: { input: DeleteResourceServerRequest; output: {} }
  DeleteUserPool: { input: DeleteUserPoolRequest; output: {} }
  DeleteUserPoolClient: { input: DeleteUserPoolClientRequest; output: {} }
  DeleteUserPoolClientSecret: {
    input: DeleteUserPoolClientSecretRequest
    output: DeleteUserPoolClientSecretResponse
  }
  DeleteUserPoolDomain: { input: DeleteUserPoolDomainRequest; output: DeleteUserPoolDomainResponse }
  DescribeResourceServer: {
    input: DescribeResourceServerRequest
    output: DescribeResourceServerResponse
  }
  DescribeUserPool: { input: DescribeUserPoolRequest; output: DescribeUserPoolResponse }
  DescribeUserPoolClient: {
    input: DescribeUserPoolClientRequest
    output: DescribeUserPoolClientResponse
  }
  DescribeUserPoolDomain: {
    input: DescribeUserPoolDomainRequest
    output: DescribeUserPoolDomainResponse
  }
  GetClientToken: { input: GetClientTokenRequest; output: GetClientTokenResponse }
  InitiateAuth: { input: InitiateAuthRequest; output: InitiateAuthResponse }
  ListResourceServers: { input: ListResourceServersRequest; output: ListResourceServersResponse }
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse }
  ListUserPoolClientSecrets: {
    input: ListUserPoolClientSecretsRequest
    output: ListUserPoolClientSecretsResponse
  }
  ListUserPoolClients: { input: ListUserPoolClientsRequest; output: ListUserPoolClientsResponse }
  ListUserPools: { input: ListUserPoolsRequest; output: ListUserPoolsResponse }
  ListUsers: { input: ListUsersRequest; output: ListUsersResponse }
  RespondToAuthChallenge: {
    input: RespondToAuthChallengeRequest
    output: RespondToAuthChallengeResponse
  }
  TagResource: { input: TagResourceRequest; output: TagResourceResponse }
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse }
  UpdateResourceServer: { input: UpdateResourceServerRequest; output: UpdateResourceServerResponse }
  UpdateUserPool: { input: UpdateUserPoolRequest; output: UpdateUserPoolResponse }
  UpdateUserPoolClient: { input: UpdateUserPoolClientRequest; output: UpdateUserPoolClientResponse }
  UpdateUserPoolDomain: { input: UpdateUserPoolDomainRequest; output: UpdateUserPoolDomainResponse }
}

export interface AddUserPoolClientSecretRequest {
  readonly ClientId: string
  readonly ClientSecret?: string | undefined
  readonly UserPoolId: string
}

export interface AddUserPoolClientSecretResponse {
  readonly ClientSecretDescriptor?: ClientSecretDescriptorType | undefined
}

export interface AdminCreateUserRequest {
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly DesiredDeliveryMediums?: readonly ('SMS' | 'EMAIL')[] | undefined
  readonly ForceAliasCreation?: boolean | undefined
  readonly MessageAction?: 'RESEND' | 'SUPPRESS' | undefined
  readonly TemporaryPassword?: string | undefined
  readonly UserAttributes?: readonly AttributeType[] | undefined
  readonly UserPoolId: string
  readonly Username: string
  readonly ValidationData?: readonly AttributeType[] | undefined
}

export interface AdminCreateUserResponse {
  readonly User?: UserType | undefined
}

export interface AdminDeleteUserRequest {
  readonly UserPoolId: string
  readonly Username: string
}

export interface AdminDisableUserRequest {
  readonly UserPoolId: string
  readonly Username: string
}

export type AdminDisableUserResponse = Readonly<Record<never, never>>

export interface AdminEnableUserRequest {
  readonly UserPoolId: string
  readonly Username: string
}

export type AdminEnableUserResponse = Readonly<Record<never, never>>

export interface AdminGetUserRequest {
  readonly UserPoolId: string
  readonly Username: string
}

export interface AdminGetUserResponse {
  readonly Enabled?: boolean | undefined
  readonly MFAOptions?: readonly MFAOptionType[] | undefined
  readonly PreferredMfaSetting?: string | undefined
  readonly UserAttributes?: readonly AttributeType[] | undefined
  readonly UserCreateDate?: Date | undefined
  readonly UserLastModifiedDate?: Date | undefined
  readonly UserMFASettingList?: readonly string[] | undefined
  readonly UserStatus?:
    | 'UNCONFIRMED'
    | 'CONFIRMED'
    | 'ARCHIVED'
    | 'COMPROMISED'
    | 'UNKNOWN'
    | 'RESET_REQUIRED'
    | 'FORCE_CHANGE_PASSWORD'
    | 'EXTERNAL_PROVIDER'
    | undefined
  readonly Username: string
}

export interface AdminInitiateAuthRequest {
  readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined
  readonly AuthFlow:
    | 'USER_SRP_AUTH'
    | 'REFRESH_TOKEN_AUTH'
    | 'REFRESH_TOKEN'
    | 'CUSTOM_AUTH'
    | 'ADMIN_NO_SRP_AUTH'
    | 'USER_PASSWORD_AUTH'
    | 'ADMIN_USER_PASSWORD_AUTH'
    | 'USER_AUTH'
  readonly AuthParameters?: Readonly<Record<string, string>> | undefined
  readonly ClientId: string
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly ContextData?: ContextDataType | undefined
  readonly Session?: string | undefined
  readonly UserPoolId: string
}

export interface AdminInitiateAuthResponse {
  readonly AuthenticationResult?: AuthenticationResultType | undefined
  readonly AvailableChallenges?:
    | readonly (
        | 'SMS_MFA'
        | 'EMAIL_OTP'
        | 'SOFTWARE_TOKEN_MFA'
        | 'SELECT_MFA_TYPE'
        | 'MFA_SETUP'
        | 'PASSWORD_VERIFIER'
        | 'CUSTOM_CHALLENGE'
        | 'SELECT_CHALLENGE'
        | 'DEVICE_SRP_AUTH'
        | 'DEVICE_PASSWORD_VERIFIER'
        | 'ADMIN_NO_SRP_AUTH'
        | 'NEW_PASSWORD_REQUIRED'
        | 'SMS_OTP'
        | 'PASSWORD'
        | 'WEB_AUTHN'
        | 'PASSWORD_SRP'
      )[]
    | undefined
  readonly ChallengeName?:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
    | undefined
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
}

export interface AdminRespondToAuthChallengeRequest {
  readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined
  readonly ChallengeName:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
  readonly ChallengeResponses?: Readonly<Record<string, string>> | undefined
  readonly ClientId: string
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly ContextData?: ContextDataType | undefined
  readonly Session?: string | undefined
  readonly UserPoolId: string
}

export interface AdminRespondToAuthChallengeResponse {
  readonly AuthenticationResult?: AuthenticationResultType | undefined
  readonly ChallengeName?:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
    | undefined
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
}

export interface AdminSetUserPasswordRequest {
  readonly Password: string
  readonly Permanent?: boolean | undefined
  readonly UserPoolId: string
  readonly Username: string
}

export type AdminSetUserPasswordResponse = Readonly<Record<never, never>>

export interface AdminUpdateUserAttributesRequest {
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly UserAttributes: readonly AttributeType[]
  readonly UserPoolId: string
  readonly Username: string
}

export type AdminUpdateUserAttributesResponse = Readonly<Record<never, never>>

export interface CreateResourceServerRequest {
  readonly Identifier: string
  readonly Name: string
  readonly Scopes?: readonly ResourceServerScopeType[] | undefined
  readonly UserPoolId: string
}

export interface CreateResourceServerResponse {
  readonly ResourceServer: ResourceServerType
}

export interface CreateUserPoolRequest {
  readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined
  readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined
  readonly AliasAttributes?:
    | readonly ('phone_number' | 'email' | 'preferred_username')[]
    | undefined
  readonly AutoVerifiedAttributes?: readonly ('phone_number' | 'email')[] | undefined
  readonly DeletionProtection?: 'ACTIVE' | 'INACTIVE' | undefined
  readonly DeviceConfiguration?: DeviceConfigurationType | undefined
  readonly EmailConfiguration?: EmailConfigurationType | undefined
  readonly EmailVerificationMessage?: string | undefined
  readonly EmailVerificationSubject?: string | undefined
  readonly IssuerConfiguration?: IssuerConfigurationType | undefined
  readonly KeyConfiguration?: KeyConfigurationType | undefined
  readonly LambdaConfig?: LambdaConfigType | undefined
  readonly MfaConfiguration?: 'OFF' | 'ON' | 'OPTIONAL' | undefined
  readonly Policies?: UserPoolPolicyType | undefined
  readonly PoolName: string
  readonly Schema?: readonly SchemaAttributeType[] | undefined
  readonly SmsAuthenticationMessage?: string | undefined
  readonly SmsConfiguration?: SmsConfigurationType | undefined
  readonly SmsVerificationMessage?: string | undefined
  readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined
  readonly UserPoolAddOns?: UserPoolAddOnsType | undefined
  readonly UserPoolTags?: Readonly<Record<string, string>> | undefined
  readonly UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS' | undefined
  readonly UsernameAttributes?: readonly ('phone_number' | 'email')[] | undefined
  readonly UsernameConfiguration?: UsernameConfigurationType | undefined
  readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined
}

export interface CreateUserPoolResponse {
  readonly UserPool?: UserPoolType | undefined
}

export interface CreateUserPoolClientRequest {
  readonly AccessTokenValidity?: number | undefined
  readonly AllowedOAuthFlows?: readonly ('code' | 'implicit' | 'client_credentials')[] | undefined
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined
  readonly AllowedOAuthScopes?: readonly string[] | undefined
  readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined
  readonly AuthSessionValidity?: number | undefined
  readonly CallbackURLs?: readonly string[] | undefined
  readonly ClientName: string
  readonly ClientSecret?: string | undefined
  readonly DefaultRedirectURI?: string | undefined
  readonly EnablePropagateAdditionalUserContextData?: boolean | undefined
  readonly EnableTokenRevocation?: boolean | undefined
  readonly ExplicitAuthFlows?:
    | readonly (
        | 'ADMIN_NO_SRP_AUTH'
        | 'CUSTOM_AUTH_FLOW_ONLY'
        | 'USER_PASSWORD_AUTH'
        | 'ALLOW_ADMIN_USER_PASSWORD_AUTH'
        | 'ALLOW_CUSTOM_AUTH'
        | 'ALLOW_USER_PASSWORD_AUTH'
        | 'ALLOW_USER_SRP_AUTH'
        | 'ALLOW_REFRESH_TOKEN_AUTH'
        | 'ALLOW_USER_AUTH'
        | 'ALLOW_CLIENT_TOKEN_AUTH'
      )[]
    | undefined
  readonly GenerateSecret?: boolean | undefined
  readonly IdTokenValidity?: number | undefined
  readonly LogoutURLs?: readonly string[] | undefined
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined
  readonly ReadAttributes?: readonly string[] | undefined
  readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined
  readonly RefreshTokenValidity?: number | undefined
  readonly SupportedIdentityProviders?: readonly string[] | undefined
  readonly TokenValidityUnits?: TokenValidityUnitsType | undefined
  readonly UserPoolId: string
  readonly WriteAttributes?: readonly string[] | undefined
}

export interface CreateUserPoolClientResponse {
  readonly UserPoolClient?: UserPoolClientType | undefined
}

export interface CreateUserPoolDomainRequest {
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined
  readonly Domain: string
  readonly ManagedLoginVersion?: number | undefined
  readonly Routing?: RoutingType | undefined
  readonly UserPoolId: string
}

export interface CreateUserPoolDomainResponse {
  readonly CloudFrontDomain?: string | undefined
  readonly ManagedLoginVersion?: number | undefined
  readonly Routing?: RoutingType | undefined
}

export interface DeleteResourceServerRequest {
  readonly Identifier: string
  readonly UserPoolId: string
}

export interface DeleteUserPoolRequest {
  readonly UserPoolId: string
}

export interface DeleteUserPoolClientRequest {
  readonly ClientId: string
  readonly UserPoolId: string
}

export interface DeleteUserPoolClientSecretRequest {
  readonly ClientId: string
  readonly ClientSecretId: string
  readonly UserPoolId: string
}

export type DeleteUserPoolClientSecretResponse = Readonly<Record<never, never>>

export interface DeleteUserPoolDomainRequest {
  readonly Domain: string
  readonly UserPoolId: string
}

export type DeleteUserPoolDomainResponse = Readonly<Record<never, never>>

export interface DescribeResourceServerRequest {
  readonly Identifier: string
  readonly UserPoolId: string
}

export interface DescribeResourceServerResponse {
  readonly ResourceServer: ResourceServerType
}

export interface DescribeUserPoolRequest {
  readonly UserPoolId: string
}

export interface DescribeUserPoolResponse {
  readonly UserPool?: UserPoolType | undefined
}

export interface DescribeUserPoolClientRequest {
  readonly ClientId: string
  readonly UserPoolId: string
}

export interface DescribeUserPoolClientResponse {
  readonly UserPoolClient?: UserPoolClientType | undefined
}

export interface DescribeUserPoolDomainRequest {
  readonly Domain: string
}

export interface DescribeUserPoolDomainResponse {
  readonly DomainDescription?: DomainDescriptionType | undefined
}

export interface GetClientTokenRequest {
  readonly ClientId: string
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly Scopes?: readonly string[] | undefined
  readonly Secret: string
}

export interface GetClientTokenResponse {
  readonly ClientAuthenticationResult?: ClientAuthenticationResultType | undefined
}

export interface InitiateAuthRequest {
  readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined
  readonly AuthFlow:
    | 'USER_SRP_AUTH'
    | 'REFRESH_TOKEN_AUTH'
    | 'REFRESH_TOKEN'
    | 'CUSTOM_AUTH'
    | 'ADMIN_NO_SRP_AUTH'
    | 'USER_PASSWORD_AUTH'
    | 'ADMIN_USER_PASSWORD_AUTH'
    | 'USER_AUTH'
  readonly AuthParameters?: Readonly<Record<string, string>> | undefined
  readonly ClientId: string
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
  readonly UserContextData?: UserContextDataType | undefined
}

export interface InitiateAuthResponse {
  readonly AuthenticationResult?: AuthenticationResultType | undefined
  readonly AvailableChallenges?:
    | readonly (
        | 'SMS_MFA'
        | 'EMAIL_OTP'
        | 'SOFTWARE_TOKEN_MFA'
        | 'SELECT_MFA_TYPE'
        | 'MFA_SETUP'
        | 'PASSWORD_VERIFIER'
        | 'CUSTOM_CHALLENGE'
        | 'SELECT_CHALLENGE'
        | 'DEVICE_SRP_AUTH'
        | 'DEVICE_PASSWORD_VERIFIER'
        | 'ADMIN_NO_SRP_AUTH'
        | 'NEW_PASSWORD_REQUIRED'
        | 'SMS_OTP'
        | 'PASSWORD'
        | 'WEB_AUTHN'
        | 'PASSWORD_SRP'
      )[]
    | undefined
  readonly ChallengeName?:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
    | undefined
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
}

export interface ListResourceServersRequest {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly UserPoolId: string
}

export interface ListResourceServersResponse {
  readonly NextToken?: string | undefined
  readonly ResourceServers: readonly ResourceServerType[]
}

export interface ListTagsForResourceRequest {
  readonly ResourceArn: string
}

export interface ListTagsForResourceResponse {
  readonly Tags?: Readonly<Record<string, string>> | undefined
}

export interface ListUserPoolClientSecretsRequest {
  readonly ClientId: string
  readonly NextToken?: string | undefined
  readonly UserPoolId: string
}

export interface ListUserPoolClientSecretsResponse {
  readonly ClientSecrets?: readonly ClientSecretDescriptorType[] | undefined
  readonly NextToken?: string | undefined
}

export interface ListUserPoolClientsRequest {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly UserPoolId: string
}

export interface ListUserPoolClientsResponse {
  readonly NextToken?: string | undefined
  readonly UserPoolClients?: readonly UserPoolClientDescription[] | undefined
}

export interface ListUserPoolsRequest {
  readonly MaxResults: number
  readonly NextToken?: string | undefined
}

export interface ListUserPoolsResponse {
  readonly NextToken?: string | undefined
  readonly UserPools?: readonly UserPoolDescriptionType[] | undefined
}

export interface ListUsersRequest {
  readonly AttributesToGet?: readonly string[] | undefined
  readonly Filter?: string | undefined
  readonly Limit?: number | undefined
  readonly PaginationToken?: string | undefined
  readonly UserPoolId: string
}

export interface ListUsersResponse {
  readonly PaginationToken?: string | undefined
  readonly Users?: readonly UserType[] | undefined
}

export interface RespondToAuthChallengeRequest {
  readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined
  readonly ChallengeName:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
  readonly ChallengeResponses?: Readonly<Record<string, string>> | undefined
  readonly ClientId: string
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
  readonly UserContextData?: UserContextDataType | undefined
}

export interface RespondToAuthChallengeResponse {
  readonly AuthenticationResult?: AuthenticationResultType | undefined
  readonly ChallengeName?:
    | 'SMS_MFA'
    | 'EMAIL_OTP'
    | 'SOFTWARE_TOKEN_MFA'
    | 'SELECT_MFA_TYPE'
    | 'MFA_SETUP'
    | 'PASSWORD_VERIFIER'
    | 'CUSTOM_CHALLENGE'
    | 'SELECT_CHALLENGE'
    | 'DEVICE_SRP_AUTH'
    | 'DEVICE_PASSWORD_VERIFIER'
    | 'ADMIN_NO_SRP_AUTH'
    | 'NEW_PASSWORD_REQUIRED'
    | 'SMS_OTP'
    | 'PASSWORD'
    | 'WEB_AUTHN'
    | 'PASSWORD_SRP'
    | undefined
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined
  readonly Session?: string | undefined
}

export interface TagResourceRequest {
  readonly ResourceArn: string
  readonly Tags: Readonly<Record<string, string>>
}

export type TagResourceResponse = Readonly<Record<never, never>>

export interface UntagResourceRequest {
  readonly ResourceArn: string
  readonly TagKeys: readonly string[]
}

export type UntagResourceResponse = Readonly<Record<never, never>>

export interface UpdateResourceServerRequest {
  readonly Identifier: string
  readonly Name: string
  readonly Scopes?: readonly ResourceServerScopeType[] | undefined
  readonly UserPoolId: string
}

export interface UpdateResourceServerResponse {
  readonly ResourceServer: ResourceServerType
}

export interface UpdateUserPoolRequest {
  readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined
  readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined
  readonly AutoVerifiedAttributes?: readonly ('phone_number' | 'email')[] | undefined
  readonly DeletionProtection?: 'ACTIVE' | 'INACTIVE' | undefined
  readonly DeviceConfiguration?: DeviceConfigurationType | undefined
  readonly EmailConfiguration?: EmailConfigurationType | undefined
  readonly EmailVerificationMessage?: string | undefined
  readonly EmailVerificationSubject?: string | undefined
  readonly IssuerConfiguration?: IssuerConfigurationType | undefined
  readonly KeyConfiguration?: KeyConfigurationType | undefined
  readonly LambdaConfig?: LambdaConfigType | undefined
  readonly MfaConfiguration?: 'OFF' | 'ON' | 'OPTIONAL' | undefined
  readonly Policies?: UserPoolPolicyType | undefined
  readonly PoolName?: string | undefined
  readonly SmsAuthenticationMessage?: string | undefined
  readonly SmsConfiguration?: SmsConfigurationType | undefined
  readonly SmsVerificationMessage?: string | undefined
  readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined
  readonly UserPoolAddOns?: UserPoolAddOnsType | undefined
  readonly UserPoolId: string
  readonly UserPoolTags?: Readonly<Record<string, string>> | undefined
  readonly UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS' | undefined
  readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined
}

export type UpdateUserPoolResponse = Readonly<Record<never, never>>

export interface UpdateUserPoolClientRequest {
  readonly AccessTokenValidity?: number | undefined
  readonly AllowedOAuthFlows?: readonly ('code' | 'implicit' | 'client_credentials')[] | undefined
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined
  readonly AllowedOAuthScopes?: readonly string[] | undefined
  readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined
  readonly AuthSessionValidity?: number | undefined
  readonly CallbackURLs?: readonly string[] | undefined
  readonly ClientId: string
  readonly ClientName?: string | undefined
  readonly DefaultRedirectURI?: string | undefined
  readonly EnablePropagateAdditionalUserContextData?: boolean | undefined
  readonly EnableTokenRevocation?: boolean | undefined
  readonly ExplicitAuthFlows?:
    | readonly (
        | 'ADMIN_NO_SRP_AUTH'
        | 'CUSTOM_AUTH_FLOW_ONLY'
        | 'USER_PASSWORD_AUTH'
        | 'ALLOW_ADMIN_USER_PASSWORD_AUTH'
        | 'ALLOW_CUSTOM_AUTH'
        | 'ALLOW_USER_PASSWORD_AUTH'
        | 'ALLOW_USER_SRP_AUTH'
        | 'ALLOW_REFRESH_TOKEN_AUTH'
        | 'ALLOW_USER_AUTH'
        | 'ALLOW_CLIENT_TOKEN_AUTH'
      )[]
    | undefined
  readonly IdTokenValidity?: number | undefined
  readonly LogoutURLs?: readonly string[] | undefined
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined
  readonly ReadAttributes?: readonly string[] | undefined
  readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined
  readonly RefreshTokenValidity?: number | undefined
  readonly SupportedIdentityProviders?: readonly string[] | undefined
  readonly TokenValidityUnits?: TokenValidityUnitsType | undefined
  readonly UserPoolId: string
  readonly WriteAttributes?: readonly string[] | undefined
}

export interface UpdateUserPoolClientResponse {
  readonly UserPoolClient?: UserPoolClientType | undefined
}

export interface UpdateUserPoolDomainRequest {
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined
  readonly Domain: string
  readonly ManagedLoginVersion?: number | undefined
  readonly Routing?: RoutingType | undefined
  readonly UserPoolId: string
}

export interface UpdateUserPoolDomainResponse {
  readonly CloudFrontDomain?: string | undefined
  readonly ManagedLoginVersion?: number | undefined
  readonly Routing?: RoutingType | undefined
}

export interface ClientSecretDescriptorType {
  readonly ClientSecretCreateDate?: Date | undefined
  readonly ClientSecretId?: string | undefined
  readonly ClientSecretValue?: string | undefined
}

export interface AttributeType {
  readonly Name: string
  readonly Value?: string | undefined
}

export interface UserType {
  readonly Attributes?: readonly AttributeType[] | undefined
  readonly Enabled?: boolean | undefined
  readonly MFAOptions?: readonly MFAOptionType[] | undefined
  readonly UserCreateDate?: Date | undefined
  readonly UserLastModifiedDate?: Date | undefined
  readonly UserStatus?:
    | 'UNCONFIRMED'
    | 'CONFIRMED'
    | 'ARCHIVED'
    | 'COMPROMISED'
    | 'UNKNOWN'
    | 'RESET_REQUIRED'
    | 'FORCE_CHANGE_PASSWORD'
    | 'EXTERNAL_PROVIDER'
    | undefined
  readonly Username?: string | undefined
}

export interface MFAOptionType {
  readonly AttributeName?: string | undefined
  readonly DeliveryMedium?: 'SMS' | 'EMAIL' | undefined
}

export interface AnalyticsMetadataType {
  readonly AnalyticsEndpointId?: string | undefined
}

export interface ContextDataType {
  readonly EncodedData?: string | undefined
  readonly HttpHeaders: readonly HttpHeader[]
  readonly IpAddress: string
  readonly ServerName: string
  readonly ServerPath: string
}

export interface AuthenticationResultType {
  readonly AccessToken?: string | undefined
  readonly ExpiresIn?: number | undefined
  readonly IdToken?: string | undefined
  readonly NewDeviceMetadata?: NewDeviceMetadataType | undefined
  readonly RefreshToken?: string | undefined
  readonly TokenType?: string | undefined
}

export interface ResourceServerScopeType {
  readonly ScopeDescription: string
  readonly ScopeName: string
}

export interface ResourceServerType {
  readonly Identifier?: string | undefined
  readonly Name?: string | undefined
  readonly Scopes?: readonly ResourceServerScopeType[] | undefined
  readonly UserPoolId?: string | undefined
}

export interface AccountRecoverySettingType {
  readonly RecoveryMechanisms?: readonly RecoveryOptionType[] | undefined
}

export interface AdminCreateUserConfigType {
  readonly AllowAdminCreateUserOnly?: boolean | undefined
  readonly InviteMessageTemplate?: MessageTemplateType | undefined
  readonly UnusedAccountValidityDays?: number | undefined
}

export interface DeviceConfigurationType {
  readonly ChallengeRequiredOnNewDevice?: boolean | undefined
  readonly DeviceOnlyRememberedOnUserPrompt?: boolean | undefined
}

export interface EmailConfigurationType {
  readonly ConfigurationSet?: string | undefined
  readonly EmailSendingAccount?: 'COGNITO_DEFAULT' | 'DEVELOPER' | undefined
  readonly From?: string | undefined
  readonly ReplyToEmailAddress?: string | undefined
  readonly SourceArn?: string | undefined
}

export interface IssuerConfigurationType {
  readonly Type?: 'ORIGINAL' | 'UPDATED' | undefined
}

export interface KeyConfigurationType {
  readonly KeyType?: 'AWS_OWNED_KEY' | 'CUSTOMER_MANAGED_KEY' | undefined
  readonly KmsKeyArn?: string | undefined
}

export interface LambdaConfigType {
  readonly CreateAuthChallenge?: string | undefined
  readonly CustomEmailSender?: CustomEmailLambdaVersionConfigType | undefined
  readonly CustomMessage?: string | undefined
  readonly CustomSMSSender?: CustomSMSLambdaVersionConfigType | undefined
  readonly DefineAuthChallenge?: string | undefined
  readonly InboundFederation?: InboundFederationLambdaType | undefined
  readonly KMSKeyID?: string | undefined
  readonly PostAuthentication?: string | undefined
  readonly PostConfirmation?: string | undefined
  readonly PreAuthentication?: string | undefined
  readonly PreSignUp?: string | undefined
  readonly PreTokenGeneration?: string | undefined
  readonly PreTokenGenerationConfig?: PreTokenGenerationVersionConfigType | undefined
  readonly UserMigration?: string | undefined
  readonly VerifyAuthChallengeResponse?: string | undefined
}

export interface UserPoolPolicyType {
  readonly PasswordPolicy?: PasswordPolicyType | undefined
  readonly SignInPolicy?: SignInPolicyType | undefined
}

export interface SchemaAttributeType {
  readonly AttributeDataType?: 'String' | 'Number' | 'DateTime' | 'Boolean' | undefined
  readonly DeveloperOnlyAttribute?: boolean | undefined
  readonly Mutable?: boolean | undefined
  readonly Name?: string | undefined
  readonly NumberAttributeConstraints?: NumberAttributeConstraintsType | undefined
  readonly Required?: boolean | undefined
  readonly StringAttributeConstraints?: StringAttributeConstraintsType | undefined
}

export interface SmsConfigurationType {
  readonly EumsSms?: EumsSmsConfigurationType | undefined
  readonly ExternalId?: string | undefined
  readonly SnsCallerArn?: string | undefined
  readonly SnsRegion?: string | undefined
}

export interface UserAttributeUpdateSettingsType {
  readonly AttributesRequireVerificationBeforeUpdate?:
    | readonly ('phone_number' | 'email')[]
    | undefined
}

export interface UserPoolAddOnsType {
  readonly AdvancedSecurityAdditionalFlows?: AdvancedSecurityAdditionalFlowsType | undefined
  readonly AdvancedSecurityMode: 'OFF' | 'AUDIT' | 'ENFORCED'
}

export interface UsernameConfigurationType {
  readonly CaseSensitive: boolean
}

export interface VerificationMessageTemplateType {
  readonly DefaultEmailOption?: 'CONFIRM_WITH_LINK' | 'CONFIRM_WITH_CODE' | undefined
  readonly EmailMessage?: string | undefined
  readonly EmailMessageByLink?: string | undefined
  readonly EmailSubject?: string | undefined
  readonly EmailSubjectByLink?: string | undefined
  readonly SmsMessage?: string | undefined
}

export interface UserPoolType {
  readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined
  readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined
  readonly AliasAttributes?:
    | readonly ('phone_number' | 'email' | 'preferred_username')[]
    | undefined
  readonly Arn?: string | undefined
  readonly AutoVerifiedAttributes?: readonly ('phone_number' | 'email')[] | undefined
  readonly CreationDate?: Date | undefined
  readonly CustomDomain?: string | undefined
  readonly DeletionProtection?: 'ACTIVE' | 'INACTIVE' | undefined
  readonly DeviceConfiguration?: DeviceConfigurationType | undefined
  readonly Domain?: string | undefined
  readonly EmailConfiguration?: EmailConfigurationType | undefined
  readonly EmailConfigurationFailure?: string | undefined
  readonly EmailVerificationMessage?: string | undefined
  readonly EmailVerificationSubject?: string | undefined
  readonly EstimatedNumberOfUsers?: number | undefined
  readonly Id?: string | undefined
  readonly IssuerConfiguration?: IssuerConfigurationType | undefined
  readonly KeyConfiguration?: KeyConfigurationType | undefined
  readonly LambdaConfig?: LambdaConfigType | undefined
  readonly LastModifiedDate?: Date | undefined
  readonly MfaConfiguration?: 'OFF' | 'ON' | 'OPTIONAL' | undefined
  readonly Name?: string | undefined
  readonly Policies?: UserPoolPolicyType | undefined
  readonly SchemaAttributes?: readonly SchemaAttributeType[] | undefined
  readonly SmsAuthenticationMessage?: string | undefined
  readonly SmsConfiguration?: SmsConfigurationType | undefined
  readonly SmsConfigurationFailure?: string | undefined
  readonly SmsVerificationMessage?: string | undefined
  readonly Status?: 'Enabled' | 'Disabled' | undefined
  readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined
  readonly UserPoolAddOns?: UserPoolAddOnsType | undefined
  readonly UserPoolTags?: Readonly<Record<string, string>> | undefined
  readonly UserPoolTier?: 'LITE' | 'ESSENTIALS' | 'PLUS' | undefined
  readonly UsernameAttributes?: readonly ('phone_number' | 'email')[] | undefined
  readonly UsernameConfiguration?: UsernameConfigurationType | undefined
  readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined
}

export interface AnalyticsConfigurationType {
  readonly ApplicationArn?: string | undefined
  readonly ApplicationId?: string | undefined
  readonly ExternalId?: string | undefined
  readonly RoleArn?: string | undefined
  readonly UserDataShared?: boolean | undefined
}

export interface RefreshTokenRotationType {
  readonly Feature: 'ENABLED' | 'DISABLED'
  readonly RetryGracePeriodSeconds?: number | undefined
}

export interface TokenValidityUnitsType {
  readonly AccessToken?: 'seconds' | 'minutes' | 'hours' | 'days' | undefined
  readonly IdToken?: 'seconds' | 'minutes' | 'hours' | 'days' | undefined
  readonly RefreshToken?: 'seconds' | 'minutes' | 'hours' | 'days' | undefined
}

export interface UserPoolClientType {
  readonly AccessTokenValidity?: number | undefined
  readonly AllowedOAuthFlows?: readonly ('code' | 'implicit' | 'client_credentials')[] | undefined
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined
  readonly AllowedOAuthScopes?: readonly string[] | undefined
  readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined
  readonly AuthSessionValidity?: number | undefined
  readonly CallbackURLs?: readonly string[] | undefined
  readonly ClientId?: string | undefined
  readonly ClientName?: string | undefined
  readonly ClientSecret?: string | undefined
  readonly CreationDate?: Date | undefined
  readonly DefaultRedirectURI?: string | undefined
  readonly EnablePropagateAdditionalUserContextData?: boolean | undefined
  readonly EnableTokenRevocation?: boolean | undefined
  readonly ExplicitAuthFlows?:
    | readonly (
        | 'ADMIN_NO_SRP_AUTH'
        | 'CUSTOM_AUTH_FLOW_ONLY'
        | 'USER_PASSWORD_AUTH'
        | 'ALLOW_ADMIN_USER_PASSWORD_AUTH'
        | 'ALLOW_CUSTOM_AUTH'
        | 'ALLOW_USER_PASSWORD_AUTH'
        | 'ALLOW_USER_SRP_AUTH'
        | 'ALLOW_REFRESH_TOKEN_AUTH'
        | 'ALLOW_USER_AUTH'
        | 'ALLOW_CLIENT_TOKEN_AUTH'
      )[]
    | undefined
  readonly IdTokenValidity?: number | undefined
  readonly LastModifiedDate?: Date | undefined
  readonly LogoutURLs?: readonly string[] | undefined
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined
  readonly ReadAttributes?: readonly string[] | undefined
  readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined
  readonly RefreshTokenValidity?: number | undefined
  readonly SupportedIdentityProviders?: readonly string[] | undefined
  readonly TokenValidityUnits?: TokenValidityUnitsType | undefined
  readonly UserPoolId?: string | undefined
  readonly WriteAttributes?: readonly string[] | undefined
}

export interface CustomDomainConfigType {
  readonly CertificateArn: string
  readonly SecurityPolicy?: 'TLS_V1' | 'TLS_V1_2_2021' | 'TLS_V1_3_2025' | undefined
}

export interface RoutingType {
  readonly Failover?: FailoverType | undefined
}

export interface DomainDescriptionType {
  readonly AWSAccountId?: string | undefined
  readonly CloudFrontDistribution?: string | undefined
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined
  readonly Domain?: string | undefined
  readonly ManagedLoginVersion?: number | undefined
  readonly Routing?: RoutingType | undefined
  readonly S3Bucket?: string | undefined
  readonly Status?: 'CREATING' | 'DELETING' | 'UPDATING' | 'ACTIVE' | 'FAILED' | undefined
  readonly UserPoolId?: string | undefined
  readonly Version?: string | undefined
}

export interface ClientAuthenticationResultType {
  readonly AccessToken?: string | undefined
  readonly ExpiresIn?: number | undefined
  readonly TokenType?: string | undefined
}

export interface UserContextDataType {
  readonly EncodedData?: string | undefined
  readonly IpAddress?: string | undefined
}

export interface UserPoolClientDescription {
  readonly ClientId?: string | undefined
  readonly ClientName?: string | undefined
  readonly UserPoolId?: string | undefined
}

export interface UserPoolDescriptionType {
  readonly CreationDate?: Date | undefined
  readonly Id?: string | undefined
  readonly LambdaConfig?: LambdaConfigType | undefined
  readonly LastModifiedDate?: Date | undefined
  readonly Name?: string | undefined
  readonly ReplicaRegions?: readonly string[] | undefined
  readonly Status?: 'Enabled' | 'Disabled' | undefined
}

export interface HttpHeader {
  readonly headerName?: string | undefined
  readonly headerValue?: string | undefined
}

export interface NewDeviceMetadataType {
  readonly DeviceGroupKey?: string | undefined
  readonly DeviceKey?: string | undefined
}

export interface RecoveryOptionType {
  readonly Name: 'verified_email' | 'verified_phone_number' | 'admin_only'
  readonly Priority: number
}

export interface MessageTemplateType {
  readonly EmailMessage?: string | undefined
  readonly EmailSubject?: string | undefined
  readonly SMSMessage?: string | undefined
}

export interface CustomEmailLambdaVersionConfigType {
  readonly LambdaArn: string
  readonly LambdaVersion: 'V1_0'
}

export interface CustomSMSLambdaVersionConfigType {
  readonly LambdaArn: string
  readonly LambdaVersion: 'V1_0'
}

export interface InboundFederationLambdaType {
  readonly LambdaArn: string
  readonly LambdaVersion: 'V1_0'
}

export interface PreTokenGenerationVersionConfigType {
  readonly LambdaArn: string
  readonly LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0'
}

export interface PasswordPolicyType {
  readonly MinimumLength?: number | undefined
  readonly PasswordHistorySize?: number | undefined
  readonly RequireLowercase?: boolean | undefined
  readonly RequireNumbers?: boolean | undefined
  readonly RequireSymbols?: boolean | undefined
  readonly RequireUppercase?: boolean | undefined
  readonly TemporaryPasswordValidityDays?: number | undefined
}

export interface SignInPolicyType {
  readonly AllowedFirstAuthFactors?:
    | readonly ('PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' | 'SOFTWARE_TOKEN')[]
    | undefined
}

export interface NumberAttributeConstraintsType {
  readonly MaxValue?: string | undefined
  readonly MinValue?: string | undefined
}

export interface StringAttributeConstraintsType {
  readonly MaxLength?: string | undefined
  readonly MinLength?: string | undefined
}

export interface EumsSmsConfigurationType {
  readonly CallerArn: string
  readonly ConfigurationSetName?: string | undefined
  readonly ExternalId?: string | undefined
  readonly InEntityId?: string | undefined
  readonly InTemplateId?: string | undefined
  readonly OriginationIdentity?: string | undefined
  readonly Region?: string | undefined
}

export interface AdvancedSecurityAdditionalFlowsType {
  readonly CustomAuthMode?: 'AUDIT' | 'ENFORCED' | undefined
}

export interface FailoverType {
  readonly PrimaryRoute53HealthCheckId: string
  readonly SecondaryRegion: string
}
