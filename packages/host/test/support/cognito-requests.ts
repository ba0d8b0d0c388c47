// What contract tests of Cognito send again and again, and the refusals they expect.
export const TOOLS = {
  Identifier: 'tools',
  Name: 'Tools',
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'Look' }],
}
export const MACHINE = {
  GenerateSecret: true,
  AllowedOAuthFlows: ['client_credentials' as const],
  AllowedOAuthScopes: ['tools/read'],
  AllowedOAuthFlowsUserPoolClient: true,
}
export const PASSWORD = 'Lovelace-1815'

export const invalid = (message: unknown) => ({ name: 'InvalidParameterException', message })
export const status400 = { $metadata: { httpStatusCode: 400 } }
