// `node serve-file.js server.ts`: serves the default export of a module until it is told to stop.
// HOST, PORT and ALLOWED_ORIGINS (separated by commas) change what `serve` does by default.
import { isToolServer } from './define-server.ts'
import { writeLogLine } from './log-line.ts'
import { serve } from './serve.ts'

const path = process.getBuiltinModule('node:path')
const url = process.getBuiltinModule('node:url')

const USAGE_EXIT_CODE = 2
const [, , file] = process.argv
if (file === undefined) {
  refuse('Name the file to serve, for example: node serve-file.js server.ts')
} else {
  const module: object = await import(url.pathToFileURL(path.resolve(file)).href)
  const server = 'default' in module ? module.default : undefined
  if (isToolServer(server)) await serveUntilStopped(server)
  else refuse(`${file} has no server; add \`export default defineServer({ … })\`.`)
}

function refuse(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = USAGE_EXIT_CODE
}

async function serveUntilStopped(server: Parameters<typeof serve>[0]): Promise<void> {
  const { HOST, PORT, ALLOWED_ORIGINS } = process.env
  const port = PORT === undefined ? undefined : Number(PORT)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    return refuse(`PORT must be a number from 0 to 65535, not ${JSON.stringify(PORT)}.`)
  }
  const serving = await serve(server, {
    ...(HOST !== undefined && { host: HOST }),
    ...(port !== undefined && { port }),
    ...(ALLOWED_ORIGINS !== undefined && { allowedOrigins: ALLOWED_ORIGINS.split(',') }),
  }).catch((error: Error) => {
    process.stderr.write(`${server.name} cannot be served: ${error.message}\n`)
    process.exit(1)
  })
  writeLogLine(`INFO ${server.name} serves MCP on port ${serving.port}, POST /mcp`)

  // Where Node was started with --expose-gc, an idle process gives back what loading left behind.
  globalThis.gc?.({ type: 'major', flavor: 'last-resort' })

  // Whatever the author's module still holds open must not keep the process alive.
  const stop = () => void serving.close().then(() => process.exit())
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
