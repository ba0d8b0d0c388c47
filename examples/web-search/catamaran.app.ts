// Hosted code gets no environment but what is named here, so the key is passed on by name.
import { defineApp } from 'catamaran/app'

const environment = {
  OPENAI_API_KEY: process.env.OPENAI_API_KEY ?? '',
  OPENAI_BASE_URL: process.env.OPENAI_BASE_URL ?? '',
}

export default defineApp({
  functions: {
    'web-search': {
      runtime: 'nodejs24.x',
      handler: 'server.default.handler',
      code: '.',
      timeout: 600, // a search with reasoning takes minutes; Lambda's default is 3 seconds
      environment,
    },
  },
  gateways: {
    'web-search': {
      exceptionLevel: 'DEBUG', // or callers read no more than "An internal error occurred"
      targets: { LambdaTarget: { lambda: { function: 'web-search' } } },
    },
  },
  runtimes: { webSearch: { server: './server.ts', environment } },
})
