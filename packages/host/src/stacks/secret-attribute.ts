/** Of a Cognito client, or of a custom resource that describes one, as CDK has it. */
export function isSecretAttribute(name: string): boolean {
  return name === 'ClientSecret' || name.endsWith('.ClientSecret')
}
