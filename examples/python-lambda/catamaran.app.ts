// The function as it would be deployed to Lambda, and the gateway target that describes its tool.
import { defineApp } from 'catamaran/app'
import greetUser from './inline_schema.json' with { type: 'json' }

export default defineApp({
  functions: {
    greet: { runtime: 'python3.13', handler: 'index.lambda_handler', code: '.' },
  },
  gateways: {
    greet: {
      targets: { LambdaTarget: { lambda: { function: 'greet', toolSchema: [greetUser] } } },
    },
  },
})
