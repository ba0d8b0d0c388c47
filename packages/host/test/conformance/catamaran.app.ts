// The fixture as an MCP server process on the Runtime hull, in a container's terms: one command.
import { defineApp } from 'catamaran/app'

export default defineApp({
  runtimes: {
    conformance: {
      command: ['node', 'fixture-server.ts'],
    },
  },
})
