import { test } from 'vitest'
import { describeOutputs, describeVariables, variableName } from './describe-outputs.ts'

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

test('variables are spelled as variables are', ({ expect }) => {
  expect(['UserPoolClientId', 'OAuthURL', 'A1b', '1st'].map(variableName)).toEqual([
    'USER_POOL_CLIENT_ID',
    'O_AUTH_URL',
    'A1B',
    '_1ST',
  ])
})
