import type { StackOutput } from './aws/stack-description.ts'

/** `GatewayUrl  http://…`, in columns. */
export function describeOutputs(outputs: readonly StackOutput[], indent: string): string {
  const width = Math.max(...outputs.map(({ key }) => key.length), 0)
  return outputs.map(({ key, value }) => `${indent}${key.padEnd(width)}  ${value}\n`).join('')
}

/** `GATEWAY_URL='http://…'`: for `eval`, and for a .env file. */
export function describeVariables(outputs: readonly StackOutput[]): string {
  return outputs.map(({ key, value }) => `${variableName(key)}=${quote(value)}\n`).join('')
}

/** As variables are spelled: `UserPoolClientId` is `USER_POOL_CLIENT_ID`. */
export function variableName(outputKey: string): string {
  const words = outputKey.replaceAll(/([a-z\d])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3_$2$4')
  return words.replace(/^(?=\d)/, '_').toUpperCase()
}

function quote(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}

export function outputsObject(outputs: readonly StackOutput[]): Record<string, string> {
  return Object.fromEntries(outputs.map(({ key, value }) => [key, value]))
}
