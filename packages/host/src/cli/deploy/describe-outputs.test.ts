import { test } from 'vitest'
import {
  describeOutputs,
  describeVariables,
  printOutputs,
  variableName,
} from './describe-outputs.ts'

const outputs = [
  { key: 'GatewayUrl', value: 'http://127.0.0.1:4420/gateways/a/mcp' },
  { key: 'Note', value: "it's $HOME `x`\n2" },
].map((it) => ({ ...it, description: undefined, exportName: undefined }))

test('outputs are columns for people and quoted variables for shells', ({ expect }) => {
  expect(describeOutputs(outputs.slice(0, 1), '  ')).toBe(
    '  GatewayUrl  http://127.0.0.1:4420/gateways/a/mcp\n',
  )
  expect(describeVariables(outputs)).toBe(
    `GATEWAY_URL=http://127.0.0.1:4420/gateways/a/mcp\nNOTE='it'\\''s $HOME \`x\`\n2'\n`,
  )
})

test('a variable of the shell or of a loader stays what it is', ({ expect }) => {
  const keys = [
    'Path',
    'Home',
    'LdPreload',
    'PromptCommand',
    'NodeOptions',
    'BashEnv',
    'Pythonpath',
  ]
  expect(keys.map(variableName)).toEqual([
    'OUTPUT_PATH',
    'OUTPUT_HOME',
    'OUTPUT_LD_PRELOAD',
    'OUTPUT_PROMPT_COMMAND',
    'OUTPUT_NODE_OPTIONS',
    'OUTPUT_BASH_ENV',
    'OUTPUT_PYTHONPATH',
  ])
})

test('a terminal is sent the text of outputs, a pipe every byte', ({ expect }) => {
  const printed = (isTTY: boolean) => {
    let text = ''
    const write = (more: string) => (text += more) !== ''
    printOutputs('A  \u001B]0;title\u0007x\u001B[31mred\nB  y\n', { isTTY, write } as never)
    return text
  }
  expect(printed(true)).toBe('A  xred\nB  y\n')
  expect(printed(false)).toContain('\u001B[31m')
})

test('variables are spelled as variables are', ({ expect }) => {
  expect(['UserPoolClientId', 'OAuthURL', 'A1b', '1st'].map(variableName)).toEqual([
    'USER_POOL_CLIENT_ID',
    'O_AUTH_URL',
    'A1B',
    '_1ST',
  ])
})
