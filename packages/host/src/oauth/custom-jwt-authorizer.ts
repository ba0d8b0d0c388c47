/** `customJWTAuthorizer` of bedrock-agentcore-control 2023-06-05 (CustomJWTAuthorizerConfiguration). */
export interface CustomJwtAuthorizer {
  readonly discoveryUrl: string
  readonly allowedAudience?: readonly string[] | undefined
  readonly allowedClients?: readonly string[] | undefined
  readonly allowedScopes?: readonly string[] | undefined
  /** Scope in the token → scope shown to clients. */
  readonly advertisedScopeMapping?: Readonly<Record<string, string>> | undefined
  readonly customClaims?: readonly CustomClaim[] | undefined
}

/** A claim that a token must have: a text, or a list with one or with any of the given texts. */
export type CustomClaim =
  | {
      readonly inboundTokenClaimName: string
      readonly inboundTokenClaimValueType: 'STRING'
      readonly authorizingClaimMatchValue: ClaimMatch<'EQUALS', SingleValue>
    }
  | {
      readonly inboundTokenClaimName: string
      readonly inboundTokenClaimValueType: 'STRING_ARRAY'
      readonly authorizingClaimMatchValue:
        | ClaimMatch<'CONTAINS', SingleValue>
        | ClaimMatch<'CONTAINS_ANY', ValueList>
    }

interface ClaimMatch<Operator, Value> {
  readonly claimMatchOperator: Operator
  readonly claimMatchValue: Value
}

interface SingleValue {
  readonly matchValueString: string
}

interface ValueList {
  readonly matchValueStringList: readonly string[]
}
