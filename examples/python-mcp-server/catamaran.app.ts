// A server process as it would run in a container on AgentCore Runtime: port 8000, path /mcp.
import { defineApp } from 'catamaran/app'

export default defineApp({
  runtimes: {
    greetServer: { command: ['python', 'mcp_server.py'], requirements: './requirements.txt' },
  },
})
