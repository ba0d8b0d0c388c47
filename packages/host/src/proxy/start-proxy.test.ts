import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { AWS_DOMAINS } from './aws-host-names.ts'
import { createCertificateAuthority } from './certificate-authority.ts'
import { readOutboundProxies } from './outbound-proxies.ts'
import { startProxy } from './start-proxy.ts'

const AWS_NAME = 'bedrock-agentcore.us-east-1.amazonaws.com'

/** Stands for the host, or for something outside: says back what it was asked, byte for byte. */
async function startEcho() {
  const seen: { method: string; url: string; rawHeaders: string[]; body: string }[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', rawHeaders } = request
    const body = await text(request)
    seen.push({ method, url, rawHeaders, body })
    response.end(`${method} ${url} ${request.headers.host} ${body}`)
  }
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy()) // the caller went away
  })
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    seen,
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () =>
      new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function startWorld(
  options: { offline?: boolean; environment?: Record<string, string> } = {},
) {
  const host = await startEcho()
  const authority = createCertificateAuthority(AWS_DOMAINS)
  const problems: string[] = []
  const proxy = await startProxy({
    hostUrl: host.url,
    authority,
    offline: options.offline ?? false,
    proxies: readOutboundProxies(options.environment ?? {}),
    onProblem: (message) => problems.push(message),
  })
  return {
    host,
    proxy,
    authority,
    problems,
    async [Symbol.asyncDispose]() {
      await proxy.stop()
      await host[Symbol.asyncDispose]()
    },
  }
}

/** What a CONNECT is answered with, and the connection when it stands. */
async function tunnel(proxyUrl: string, target: string, authorization?: string) {
  const { hostname, port, username, password } = new URL(proxyUrl)
  const basic = `Basic ${btoa(`${username}:${password}`)}`
  const asked = request({
    host: hostname,
    port,
    method: 'CONNECT',
    path: target,
    headers: { 'proxy-authorization': authorization ?? basic },
  })
  asked.end()
  const [response, socket, head] = (await once(asked, 'connect')) as [
    IncomingMessage,
    Socket,
    Buffer,
  ]
  if (head.length > 0) socket.unshift(head)
  return {
    status: response.statusCode,
    reason: response.statusMessage,
    headers: response.headers,
    socket,
  }
}

async function tunnelTls(
  proxyUrl: string,
  name: string,
  ca: string,
  options: { ALPNProtocols?: string[]; servername?: string } = {},
) {
  const { socket } = await tunnel(proxyUrl, `${name}:443`)
  const secured = connectTls({ socket, ca, servername: name, ...options })
  await once(secured, 'secureConnect')
  return secured
}

async function readUntil(socket: Socket, end: string): Promise<string> {
  let all = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    all += String(chunk)
    if (all.includes(end)) return all
  }
  return all
}

test('a served name is answered by the host, with every byte of the head as it was sent', async ({
  expect,
}) => {
  await using world = await startWorld()
  const { proxy, authority, host } = world
  const socket = await tunnelTls(proxy.url, AWS_NAME, authority.certificate)
  const path = '/runtimes/arn%3Aaws%3A%2f/invocations?qualifier=DEFAULT&&x=%2B'
  const head = `POST ${path} HTTP/1.1\r\nhOsT: ${AWS_NAME}\r\nX-Odd:  two  spaces\r\n`
  for (const body of ['first', 'again']) {
    socket.write(`${head}Content-Length: 5\r\n\r\n${body}`)
    expect(await readUntil(socket, body)).toContain(`POST ${path} ${AWS_NAME} ${body}`)
  }
  expect(host.seen[1]).toEqual({
    method: 'POST',
    url: path,
    rawHeaders: ['hOsT', AWS_NAME, 'X-Odd', 'two  spaces', 'Content-Length', '5'],
    body: 'again',
  })
  expect(await host.connections()).toBe(1)
  socket.destroy()
})

test('a WebSocket passes, and only HTTP/1.1 is offered', async ({ expect }) => {
  await using world = await startWorld()
  const { proxy, authority } = world
  const protocols = { ALPNProtocols: ['h2', 'http/1.1'] }
  const socket = await tunnelTls(proxy.url, AWS_NAME, authority.certificate, protocols)
  expect(socket.alpnProtocol).toBe('http/1.1')
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: ${AWS_NAME}\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n`,
  )
  expect(await readUntil(socket, '\r\n\r\n')).toContain('101 Switching Protocols')
  socket.write('frames')
  expect(await readUntil(socket, 'frames')).toBe('frames')
  socket.destroy()
})

test('names of gateways and user pool domains have certificates too, however long', async ({
  expect,
}) => {
  await using world = await startWorld()
  const { proxy, authority } = world
  for (const name of [
    `${'a'.repeat(52)}-abcde01234.gateway.bedrock-agentcore.ap-northeast-1.amazonaws.com`,
    'my-pool.auth.us-east-1.amazoncognito.com',
    'sts.amazonaws.com',
  ]) {
    const socket = await tunnelTls(proxy.url, name, authority.certificate)
    socket.write(`GET / HTTP/1.1\r\nHost: ${name}\r\n\r\n`)
    expect(await readUntil(socket, name)).toContain(`GET / ${name}`)
    socket.destroy()
  }
})

test('a program that goes away takes the request with it', async ({ expect }) => {
  await using world = await startWorld()
  const { proxy, authority, host } = world
  const socket = await tunnelTls(proxy.url, AWS_NAME, authority.certificate)
  socket.write(`POST / HTTP/1.1\r\nHost: ${AWS_NAME}\r\nContent-Length: 100\r\n\r\npart`)
  await expect.poll(host.connections).toBe(1)
  socket.destroy()
  await expect.poll(host.connections).toBe(0)
})

test('nobody without the credentials of the run gets through', async ({ expect }) => {
  await using world = await startWorld()
  const { proxy, host } = world
  for (const authorization of ['', 'Basic', `Basic ${btoa('catamaran:guess')}`, 'Bearer x']) {
    const refused = await tunnel(proxy.url, `${AWS_NAME}:443`, authorization)
    expect(refused).toMatchObject({
      status: 407,
      headers: { 'proxy-authenticate': 'Basic realm="catamaran exec"' },
    })
    refused.socket.destroy()
  }
  const { hostname, port } = new URL(proxy.url)
  const asked = request({ hostname, port, path: `http://${AWS_NAME}/` })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(407)
  response.resume()
  expect(host.seen).toEqual([])
})

test('other names pass through untouched', async ({ expect }) => {
  await using world = await startWorld()
  await using outside = await startEcho()
  const { socket, status } = await tunnel(world.proxy.url, `127.0.0.1:${outside.port}`)
  expect(status).toBe(200)
  socket.write('GET /x HTTP/1.1\r\nHost: outside\r\n\r\n')
  expect(await readUntil(socket, 'outside')).toContain('GET /x outside')
  socket.destroy()
  expect(world.host.seen).toEqual([])
})

test('offline, other names are refused in words; loopback and served names still work', async ({
  expect,
}) => {
  await using world = await startWorld({ offline: true })
  const { proxy, authority, problems, host } = world
  const refused = await tunnel(proxy.url, 'api.example.com:443')
  expect(refused).toMatchObject({
    status: 403,
    reason: 'api.example.com is not served here and the run is offline (catamaran exec --offline)',
  })
  refused.socket.destroy()
  const unserved = await tunnel(proxy.url, 'dynamodb.us-east-1.amazonaws.com:443')
  expect(unserved.status).toBe(403)
  unserved.socket.destroy()
  expect(problems).toContain('Refused a connection to api.example.com:443, because of --offline')
  const loopback = await tunnel(proxy.url, `localhost:${host.port}`)
  expect(loopback.status).toBe(200)
  loopback.socket.destroy()
  const served = await tunnelTls(proxy.url, AWS_NAME, authority.certificate)
  served.destroy()
})

test('a served name never leaves the machine, whatever its port or spelling', async ({
  expect,
}) => {
  await using world = await startWorld({ environment: { https_proxy: 'http://127.0.0.1:1' } })
  const { proxy, authority } = world
  const refused = await tunnel(proxy.url, `${AWS_NAME}:8443`)
  expect(refused.status).toBe(403)
  refused.socket.destroy()
  for (const name of [AWS_NAME.toUpperCase(), `${AWS_NAME}.`]) {
    const { socket } = await tunnel(proxy.url, `${name}:443`)
    const secured = connectTls({ socket, ca: authority.certificate, servername: AWS_NAME })
    await once(secured, 'secureConnect')
    secured.destroy()
  }
})

test('plain http:// requests go the same ways', async ({ expect }) => {
  await using world = await startWorld({ offline: true })
  const { proxy, host } = world
  const { hostname, port, username, password } = new URL(proxy.url)
  const authorization = `Basic ${btoa(`${username}:${password}`)}`
  async function get(url: string) {
    const headers = { host: new URL(url).host, 'proxy-authorization': authorization, 'x-kept': '1' }
    const asked = request({ hostname, port, path: url, headers, method: 'POST' })
    asked.end('body')
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: await text(response) }
  }
  expect(await get(`http://${AWS_NAME}/a?b=%2F`)).toEqual({
    status: 200,
    body: `POST /a?b=%2F ${AWS_NAME} body`,
  })
  expect(host.seen[0]?.rawHeaders.join()).not.toMatch(/proxy-authorization/i)
  expect(host.seen[0]?.rawHeaders).toContain('x-kept')
  const odd = "/a/../b//c?d='|{e}"
  expect((await get(`http://${AWS_NAME}${odd}`)).body).toBe(`POST ${odd} ${AWS_NAME} body`)
  expect((await get(`http://${AWS_NAME}?x`)).body).toBe(`POST /?x ${AWS_NAME} body`)
  expect(await get('http://example.com/')).toMatchObject({
    status: 403,
    body: expect.stringContaining('offline'),
  })
  expect(await get(`${host.url}/direct`)).toMatchObject({ status: 200 })
})

test("the machine's own proxy is the way out, except for what no_proxy names", async ({
  expect,
}) => {
  const seen: string[] = []
  const pass = createTcpServer((socket) => {
    socket.once('data', (data) => {
      seen.push(String(data).split('\r\n')[0] ?? '')
      socket.end('HTTP/1.1 200 OK\r\n\r\nhello')
    })
  })
  pass.listen(0, '127.0.0.1')
  await once(pass, 'listening')
  const passUrl = `http://user:p%40ss@127.0.0.1:${(pass.address() as AddressInfo).port}`
  const environment = { HTTPS_PROXY: passUrl, NO_PROXY: '.invalid, 10.0.0.0/8' }
  await using world = await startWorld({ environment })
  const { socket, status } = await tunnel(world.proxy.url, 'api.example.com:443')
  expect(status).toBe(200)
  expect(await readUntil(socket, 'hello')).toBe('hello')
  expect(seen).toEqual(['CONNECT api.example.com:443 HTTP/1.1'])
  socket.destroy()
  pass.close()
  const direct = await tunnel(world.proxy.url, 'nowhere.invalid:443')
  expect(direct.status).toBe(502)
  direct.socket.destroy()
})

test('when the host is gone, the program is told so over HTTP', async ({ expect }) => {
  await using world = await startWorld()
  await world.host[Symbol.asyncDispose]()
  const socket = await tunnelTls(world.proxy.url, AWS_NAME, world.authority.certificate)
  socket.write(`GET / HTTP/1.1\r\nHost: ${AWS_NAME}\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 502 Bad Gateway[^]*cannot connect/)
})

test('stop ends what is open and lets nothing in any more', async ({ expect }) => {
  await using world = await startWorld()
  const { proxy, authority, host } = world
  const socket = await tunnelTls(proxy.url, AWS_NAME, authority.certificate)
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  await proxy.stop()
  await proxy.stop()
  await closed
  await expect.poll(host.connections).toBe(0)
  const late = connect(Number(new URL(proxy.url).port), '127.0.0.1')
  await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

const PYTHON = `
import ssl, sys, urllib.request
print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())`

/** Programs that people have, with nothing but the environment to tell them. */
const CLIENTS = [
  { program: 'curl', args: (url: string) => ['-sS', url] },
  { program: 'python3', args: (url: string) => ['-c', PYTHON, url] },
]

for (const { program, args } of CLIENTS) {
  const isMissing = spawnSync(program, ['--version'], { cwd: tmpdir() }).status !== 0
  test.skipIf(isMissing)(`${program} meets the host under an AWS name`, async ({ expect }) => {
    await using world = await startWorld()
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'ca.pem')
    await writeFile(file, world.authority.certificate)
    const variables = { HTTPS_PROXY: world.proxy.url, SSL_CERT_FILE: file, CURL_CA_BUNDLE: file }
    const child = spawn(program, args(`https://${AWS_NAME}/hello`), {
      env: { ...process.env, ...variables },
    })
    const [out, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(out + complaints).toContain(`GET /hello ${AWS_NAME}`)
  })
}

const hasCurl = spawnSync('curl', ['--version']).status === 0
test.skipIf(!hasCurl)(
  'a program that does not trust the authority is noticed',
  async ({ expect }) => {
    await using world = await startWorld()
    const env = { ...process.env, HTTPS_PROXY: world.proxy.url }
    const child = spawn('curl', ['-sS', `https://${AWS_NAME}/`], { env, stdio: 'ignore' })
    const [exitCode] = await once(child, 'exit')
    expect(exitCode).toBe(60)
    await expect.poll(() => world.problems.join()).toContain('does not trust')
  },
)
