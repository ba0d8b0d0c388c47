// Written by scripts/generate-shapes.ts from models/bedrock-agentcore.json; change the model instead.

export type BedrockAgentcoreOperations = {
  CompleteResourceTokenAuth: {
    input: CompleteResourceTokenAuthRequest
    output: CompleteResourceTokenAuthResponse
  }
  GetResourceApiKey: { input: GetResourceApiKeyRequest; output: GetResourceApiKeyResponse }
  GetResourceOauth2Token: {
    input: GetResourceOauth2TokenRequest
    output: GetResourceOauth2TokenResponse
  }
  GetWorkloadAccessToken: {
    input: GetWorkloadAccessTokenRequest
    output: GetWorkloadAccessTokenResponse
  }
  GetWorkloadAccessTokenForJWT: {
    input: GetWorkloadAccessTokenForJWTRequest
    output: GetWorkloadAccessTokenForJWTResponse
  }
  GetWorkloadAccessTokenForUserId: {
    input: GetWorkloadAccessTokenForUserIdRequest
    output: GetWorkloadAccessTokenForUserIdResponse
  }
  InvokeAgentRuntime: { input: InvokeAgentRuntimeRequest; output: InvokeAgentRuntimeResponse }
  InvokeAgentRuntimeCommand: {
    input: InvokeAgentRuntimeCommandRequest
    output: InvokeAgentRuntimeCommandResponse
  }
  StopRuntimeSession: { input: StopRuntimeSessionRequest; output: StopRuntimeSessionResponse }
}

export interface CompleteResourceTokenAuthRequest {
  readonly sessionUri: string
  readonly userIdentifier: UserIdentifier
}

export type CompleteResourceTokenAuthResponse = Readonly<Record<never, never>>

export interface GetResourceApiKeyRequest {
  readonly resourceCredentialProviderName: string
  readonly workloadIdentityToken: string
}

export interface GetResourceApiKeyResponse {
  readonly apiKey: string
}

export interface GetResourceOauth2TokenRequest {
  readonly audiences?: readonly string[] | undefined
  readonly customParameters?: Readonly<Record<string, string>> | undefined
  readonly customState?: string | undefined
  readonly forceAuthentication?: boolean | undefined
  readonly oauth2Flow: 'USER_FEDERATION' | 'M2M' | 'ON_BEHALF_OF_TOKEN_EXCHANGE'
  readonly resourceCredentialProviderName: string
  readonly resourceOauth2ReturnUrl?: string | undefined
  readonly resources?: readonly string[] | undefined
  readonly scopes: readonly string[]
  readonly sessionUri?: string | undefined
  readonly workloadIdentityToken: string
}

export interface GetResourceOauth2TokenResponse {
  readonly accessToken?: string | undefined
  readonly authorizationUrl?: string | undefined
  readonly sessionStatus?: 'IN_PROGRESS' | 'FAILED' | undefined
  readonly sessionUri?: string | undefined
}

export interface GetWorkloadAccessTokenRequest {
  readonly workloadName: string
}

export interface GetWorkloadAccessTokenResponse {
  readonly workloadAccessToken: string
}

export interface GetWorkloadAccessTokenForJWTRequest {
  readonly userToken: string
  readonly workloadName: string
}

export interface GetWorkloadAccessTokenForJWTResponse {
  readonly workloadAccessToken: string
}

export interface GetWorkloadAccessTokenForUserIdRequest {
  readonly userId: string
  readonly workloadName: string
}

export interface GetWorkloadAccessTokenForUserIdResponse {
  readonly workloadAccessToken: string
}

export interface InvokeAgentRuntimeRequest {
  readonly accept?: string | undefined
  readonly accountId?: string | undefined
  readonly agentRuntimeArn: string
  readonly baggage?: string | undefined
  readonly contentType?: string | undefined
  readonly mcpMethod?: string | undefined
  readonly mcpName?: string | undefined
  readonly mcpProtocolVersion?: string | undefined
  readonly mcpSessionId?: string | undefined
  readonly payload: Uint8Array
  readonly qualifier?: string | undefined
  readonly runtimeSessionId?: string | undefined
  readonly runtimeUserId?: string | undefined
  readonly traceId?: string | undefined
  readonly traceParent?: string | undefined
  readonly traceState?: string | undefined
}

export interface InvokeAgentRuntimeResponse {
  readonly baggage?: string | undefined
  readonly contentType: string
  readonly mcpProtocolVersion?: string | undefined
  readonly mcpSessionId?: string | undefined
  readonly response?: Uint8Array | undefined
  readonly runtimeSessionId?: string | undefined
  readonly statusCode?: number | undefined
  readonly traceId?: string | undefined
  readonly traceParent?: string | undefined
  readonly traceState?: string | undefined
}

export interface InvokeAgentRuntimeCommandRequest {
  readonly accept?: string | undefined
  readonly accountId?: string | undefined
  readonly agentRuntimeArn: string
  readonly baggage?: string | undefined
  readonly body: InvokeAgentRuntimeCommandRequestBody
  readonly contentType?: string | undefined
  readonly qualifier?: string | undefined
  readonly runtimeSessionId?: string | undefined
  readonly traceId?: string | undefined
  readonly traceParent?: string | undefined
  readonly traceState?: string | undefined
}

export interface InvokeAgentRuntimeCommandResponse {
  readonly baggage?: string | undefined
  readonly contentType: string
  readonly runtimeSessionId?: string | undefined
  readonly statusCode?: number | undefined
  readonly stream: InvokeAgentRuntimeCommandStreamOutput
  readonly traceId?: string | undefined
  readonly traceParent?: string | undefined
  readonly traceState?: string | undefined
}

export interface StopRuntimeSessionRequest {
  readonly agentRuntimeArn: string
  readonly clientToken?: string | undefined
  readonly qualifier?: string | undefined
  readonly runtimeSessionId: string
}

export interface StopRuntimeSessionResponse {
  readonly runtimeSessionId?: string | undefined
  readonly statusCode?: number | undefined
}

export interface UserIdentifier {
  readonly userId?: string | undefined
  readonly userToken?: string | undefined
}

export interface InvokeAgentRuntimeCommandRequestBody {
  readonly command: string
  readonly timeout?: number | undefined
}

export interface InvokeAgentRuntimeCommandStreamOutput {
  readonly accessDeniedException?: AccessDeniedException | undefined
  readonly chunk?: ResponseChunk | undefined
  readonly internalServerException?: InternalServerException | undefined
  readonly resourceNotFoundException?: ResourceNotFoundException | undefined
  readonly runtimeClientError?: RuntimeClientError | undefined
  readonly serviceQuotaExceededException?: ServiceQuotaExceededException | undefined
  readonly throttlingException?: ThrottlingException | undefined
  readonly validationException?: ValidationException | undefined
}

export interface AccessDeniedException {
  readonly message?: string | undefined
}

export interface ResponseChunk {
  readonly contentDelta?: ContentDeltaEvent | undefined
  readonly contentStart?: ContentStartEvent | undefined
  readonly contentStop?: ContentStopEvent | undefined
}

export interface InternalServerException {
  readonly message?: string | undefined
}

export interface ResourceNotFoundException {
  readonly message?: string | undefined
}

export interface RuntimeClientError {
  readonly message?: string | undefined
}

export interface ServiceQuotaExceededException {
  readonly message?: string | undefined
}

export interface ThrottlingException {
  readonly message?: string | undefined
}

export interface ValidationException {
  readonly fieldList?: readonly ValidationExceptionField[] | undefined
  readonly message: string
  readonly reason:
    | 'CannotParse'
    | 'FieldValidationFailed'
    | 'IdempotentParameterMismatchException'
    | 'EventInOtherSession'
    | 'ResourceConflict'
}

export interface ContentDeltaEvent {
  readonly stderr?: string | undefined
  readonly stdout?: string | undefined
}

export type ContentStartEvent = Readonly<Record<never, never>>

export interface ContentStopEvent {
  readonly exitCode: number
  readonly status: 'COMPLETED' | 'TIMED_OUT'
}

export interface ValidationExceptionField {
  readonly message: string
  readonly name: string
}
