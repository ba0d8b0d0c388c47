// Loaded into every Node process of an agent runtime before its own code (`node --import`).
//
// A server for AgentCore Runtime listens on 0.0.0.0 and the port of its protocol (AgentCore developer
// guide, service contracts). Here many of them live on one machine, so a listen on that port, or on
// $PORT, goes to a loopback port that the kernel picks, and the port that was picked is told to the host in
// a file. Everything else a process listens on is left alone. Plain JavaScript, and nothing imported
// that a server does not load anyway: this runs in every session.
const { env } = process
const portFile = env.CATAMARAN_PORT_FILE
const { Server, connect } = process.getBuiltinModule('node:net')
const { listen } = Server.prototype

/** A process that is still unused then waits in the pool, and has the time. */
const WARM_UP_AFTER_MS = 100

const contractPort = env.CATAMARAN_CONTRACT_PORT ?? '8000'
const isContractPort = (port) => port != null && (port == contractPort || port == env.PORT)

/** The arguments of `server.listen` as its object form, or undefined when it is not our port. */
const redirect = (first, ...rest) => {
  const loopback = { port: 0, host: '127.0.0.1' }
  if (typeof first === 'object' && first !== null) {
    return isContractPort(first.port) ? { ...first, ...loopback } : undefined
  }
  if (!isContractPort(first)) return undefined
  const backlog = rest.find((argument) => typeof argument === 'number')
  return backlog === undefined ? loopback : { ...loopback, backlog }
}

/** Renamed into place, so that the host never reads half a line. */
const announce = ({ address, port }) => {
  const { renameSync, writeFileSync } = process.getBuiltinModule('node:fs')
  writeFileSync(`${portFile}.new`, `${address} ${port}`)
  renameSync(`${portFile}.new`, portFile)
}

/**
 * Serves one request on a server of our own, which the author's code never sees. Node compiles its
 * HTTP code when it first runs: the first call of a session is 5 ms shorter for it.
 */
const warmUp = () => {
  const server = process.getBuiltinModule('node:http').createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      response.writeHead(200, headers).end(JSON.stringify(JSON.parse(body)))
    })
  })
  const sendRequest = () => {
    const socket = connect(server.address().port, '127.0.0.1')
    socket.on('error', () => {}).on('close', () => server.close())
    socket.end(
      'POST /mcp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n' +
        'content-type: application/json\r\ncontent-length: 2\r\n\r\n{}',
    )
    socket.resume()
  }
  server.on('error', () => {}).unref()
  Reflect.apply(listen, server, [{ port: 0, host: '127.0.0.1' }, sendRequest])
}

/**
 * The host may start a server with V8's optimizing compilers off, which keeps an idle session small;
 * from here on the author's code gets them. What was compiled so far is kept for the next process: a
 * session that is killed would not write it.
 */
const endOfStart = () => {
  const off = process.execArgv.filter((flag) => flag === '--no-opt' || flag === '--no-maglev')
  const v8 = process.getBuiltinModule('node:v8')
  for (const flag of off) v8.setFlagsFromString(flag.replace('--no-', '--'))
  process.getBuiltinModule('node:module').flushCompileCache?.()
}

if (portFile !== undefined) {
  Server.prototype.listen = function (...args) {
    const options = redirect(...args)
    if (options === undefined) return Reflect.apply(listen, this, args)
    this.once('listening', () => {
      announce(this.address())
      setImmediate(endOfStart)
      const isUnused = (then) =>
        this.getConnections((_, connections) => connections === 0 && then())
      if (this.listenerCount('request') > 0) {
        setTimeout(isUnused, WARM_UP_AFTER_MS, warmUp).unref()
      }
    })
    const last = args.at(-1)
    return Reflect.apply(listen, this, typeof last === 'function' ? [options, last] : [options])
  }
}
