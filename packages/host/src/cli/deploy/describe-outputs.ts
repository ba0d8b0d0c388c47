import type { StackOutput } from './aws/stack-description.ts'
import { stripControls } from './progress/strip-controls.ts'
import { isShellsOwn } from './shell-names.ts'

/** `GatewayUrl  http://…`, in columns. */
export function describeOutputs(outputs: readonly StackOutput[], indent: string): string {
  const width = Math.max(...outputs.map(({ key }) => key.length), 0)
  return outputs.map(({ key, value }) => `${indent}${key.padEnd(width)}  ${value}\n`).join('')
}

/** `GATEWAY_URL='http://…'`: for `eval`, and for a .env file. */
export function describeVariables(outputs: readonly StackOutput[]): string {
  return outputs.map(({ key, value }) => `${variableName(key)}=${quote(value)}\n`).join('')
}

/** As variables are spelled: `UserPoolClientId` is `USER_POOL_CLIENT_ID`; but `Path` is `OUTPUT_PATH`. */
export function variableName(outputKey: string): string {
  const words = outputKey.replaceAll(/([a-z\d])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3_$2$4')
  const name = words.replace(/^(?=\d)/, '_').toUpperCase()
  return isShellsOwn(name) ? `OUTPUT_${name}` : name
}

function quote(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** What a custom resource answers may hold anything; a terminal is sent its text alone. */
export function printOutputs(text: string, stream: NodeJS.WriteStream = process.stdout): void {
  stream.write(stream.isTTY ? text.split('\n').map(stripControls).join('\n') : text)
}

export function outputsObject(outputs: readonly StackOutput[]): Record<string, string> {
  return Object.fromEntries(outputs.map(({ key, value }) => [key, value]))
}
