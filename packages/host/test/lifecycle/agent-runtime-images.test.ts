// Agent runtimes from container images without a container engine: the folder that a deployment handed
// over becomes files, packages and a process of this machine.
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect as expectLater, test } from 'vitest'
import { openBucketStore } from '../../src/code/buckets/open-bucket-store.ts'
import { openImageBuilds } from '../../src/code/image-builds.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { announceSkip } from '../support/announce-skip.ts'
import {
  HTTP_AGENT,
  ROLE,
  SESSION_HEADER,
  startAgentRuntimeWorld,
  type AgentRuntimeWorld,
} from '../support/agent-runtime-world.ts'
import { machinePython } from '../support/python.ts'
import { SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const REPOSITORY = '000000000000.dkr.ecr.us-east-1.amazonaws.com/agent'
const IMAGE = `${REPOSITORY}:1`
const LIMIT_MS = 300_000
const SESSION = 'a-session-id-that-is-long-enough-00001'
const OTHER_SESSION = 'a-session-id-that-is-long-enough-00002'

const NODE_FOLDER = {
  Dockerfile: [
    'FROM node:22-alpine AS build',
    'WORKDIR /app',
    'COPY package*.json ./',
    'RUN npm ci',
    'COPY . .',
    'RUN npm run build',
    'FROM node:22-alpine',
    'ARG AGENT=none',
    'ENV AGENT_VERSION=${AGENT} SECRETS=/app/dist',
    'WORKDIR /app',
    'COPY --from=build /app/dist ./dist',
    'RUN adduser -D agent && chown -R agent /app',
    'USER agent',
    'EXPOSE 8080',
    'CMD ["node", "/app/dist/main.mjs"]',
  ].join('\n'),
  '.dockerignore': '*.md\n',
  'README.md': 'left out',
  'package.json': JSON.stringify({
    name: 'agent',
    version: '1.0.0',
    scripts: {
      build:
        'mkdir -p dist && cp src/main.mjs dist && ! test -e README.md && test -z "$REGISTRY_TOKEN"',
    },
  }),
  'package-lock.json': JSON.stringify({
    name: 'agent',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name: 'agent', version: '1.0.0' } },
  }),
  'src/main.mjs': HTTP_AGENT,
}

const CONTAINER = {
  agentRuntimeName: 'agent',
  agentRuntimeArtifact: { containerConfiguration: { containerUri: IMAGE } },
  roleArn: ROLE,
}

test('a Node image becomes files and a process, and is what it was until it is updated', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  let id = ''
  {
    await using world = await startImageWorld(folder.path)
    await world.register(NODE_FOLDER, { AGENT: 'one' })
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
    id = created.record.agentRuntimeId
    expect((await world.settled(id)).version.state).toMatchObject({ status: 'READY' })
    const answer = await world.call(created, { body: 'hi', headers: inSession(SESSION) })
    expect(await answer.json()).toMatchObject({ version: 'one', body: 'hi' })
    const command = await world.call(created, {
      operation: 'commands',
      headers: inSession(SESSION),
      body: JSON.stringify({ command: 'echo $SECRETS' }),
    })
    expect(await command.text()).toMatch(/root\/app\/dist/)
    // Another folder under the same address is another image, for whoever asks from now on.
    await world.register(NODE_FOLDER, { AGENT: 'two' })
  }
  await using world = await startImageWorld(folder.path)
  const before = world.operations.getRuntime(DEFAULT_SCOPE, id)
  const ask = async (session: string) => {
    const answer = await world.call(before, { body: '', headers: inSession(session) })
    return ((await answer.json()) as { version: string }).version
  }
  expect(await ask(SESSION)).toBe('one')
  const { agentRuntimeName: _, ...update } = CONTAINER
  await world.operations.updateRuntime(DEFAULT_SCOPE, id, update)
  expect((await world.settled(id)).version.state).toMatchObject({ status: 'READY' })
  expect(await ask(OTHER_SESSION)).toBe('two')
  const prepared = join(folder.path, 'images', 'prepared')
  expect((await readdir(prepared)).length).toBe(2)
  await world.operations.deleteRuntime(DEFAULT_SCOPE, id)
  await expectLater.poll(() => readdir(prepared), SOON).toEqual([])
})

describe('an image that cannot become a process', () => {
  test.each([
    [
      { Dockerfile: 'FROM node:22\nRUN apt-get install -y ffmpeg\nCMD ["node", "main.mjs"]' },
      'Dockerfile line 2, "RUN apt-get install -y ffmpeg": the system packages ffmpeg cannot be installed here; start Docker (or podman, nerdctl), or deploy the code directly (codeConfiguration)',
    ],
    [{ Dockerfile: 'FROM node:22' }, 'The Dockerfile has neither CMD nor ENTRYPOINT'],
    [
      { Dockerfile: 'FROM node:22\nCOPY none.txt .\nCMD ["node", "x.js"]' },
      'Dockerfile line 2: none.txt is not in the build folder',
    ],
    [{ 'main.mjs': '' }, 'Dockerfile is not in the build folder'],
    [
      { Dockerfile: 'FROM node:22\nCMD ["no-such-program"]' },
      "The program no-such-program of the image's command is not there",
    ],
    [
      {
        Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD ["node"]',
        'package.json': '{"scripts":{"build":"echo broken && exit 3"}}',
      },
      'Dockerfile line 4: npm run build failed:',
    ],
    [
      {
        Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD node x.js',
        'x.js': 'throw new Error("at " + __filename)',
      },
      '/app/x.js',
    ],
  ])('%j: %s', async (files, message) => {
    await using folder = await temporaryFolder()
    await using world = await startImageWorld(folder.path)
    await world.register(files)
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
    const { state } = (await world.settled(created.record.agentRuntimeId)).version
    expectLater('failureReason' in state ? state.failureReason : state.status).toContain(message)
    expectLater(JSON.stringify(state)).not.toContain(folder.path)
  })

  test('because nobody handed over its folder', async ({ expect }) => {
    await using folder = await temporaryFolder()
    await using world = await startImageWorld(folder.path)
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
    const { state } = (await world.settled(created.record.agentRuntimeId)).version
    expect('failureReason' in state ? state.failureReason : '').toMatch(
      /^No deployment has handed over what the image is built from, and no OCI engine answers: /,
    )
  })
})

test('an engine that is there builds the image', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const bin = join(folder.path, 'bin')
  await mkdir(bin)
  const calls = join(folder.path, 'calls')
  // Says yes to everything but to running a container, and writes down what it was asked.
  const script = `#!/bin/sh\necho "$*" >> ${calls}\nfor last; do :; done\nif [ "$1" = build ]; then cat "$last/Dockerfile" >> ${calls}; fi\n[ "$1" != run ]\n`
  await writeFile(join(bin, 'docker'), script, { mode: 0o755 })
  await using world = await startImageWorld(folder.path, { PATH: `${bin}:/usr/bin:/bin` })
  await world.register({ Dockerfile: 'FROM golang:1.25\n' }, { VERSION: '1' })
  const created = await world.operations.createRuntime(DEFAULT_SCOPE, CONTAINER)
  await world.settled(created.record.agentRuntimeId)
  const written = await readFile(calls, 'utf8')
  expect(written).toMatch(
    /^build --tag 000000000000\.dkr\.ecr\.us-east-1\.amazonaws\.com\/agent:1 --file \S+\/Dockerfile --build-arg VERSION=1 \S+$/m,
  )
  expect(written).toContain('FROM golang:1.25')
  expect(written).toMatch(/^run /m)
})

const reason = await whyNoPackages()
if (reason !== undefined) announceSkip('Python images', reason)

describe('a Python image', { skip: reason !== undefined, timeout: LIMIT_MS }, () => {
  const SERVER = [
    'from mcp.server.fastmcp import FastMCP',
    'mcp = FastMCP(name="greeter", host="0.0.0.0", stateless_http=True)',
    '@mcp.tool()',
    'def greet(name: str) -> str:',
    '    """Greets."""',
    '    return f"Hello, {name}"',
    'if __name__ == "__main__":',
    '    mcp.run(transport="streamable-http")',
  ].join('\n')

  test.each([
    [
      'as the article has it',
      {
        Dockerfile: [
          'FROM ghcr.io/astral-sh/uv:python3.13-bookworm-slim',
          'WORKDIR /app',
          'ENV UV_SYSTEM_PYTHON=1 PYTHONUNBUFFERED=1 DOCKER_CONTAINER=1',
          'COPY requirements.txt .',
          'RUN uv pip install -r requirements.txt',
          'RUN useradd --create-home --uid 1000 mcp',
          'USER mcp',
          'COPY server.py .',
          'EXPOSE 8000',
          'CMD ["python", "server.py"]',
        ].join('\n'),
        'requirements.txt': 'mcp==1.30.0\n',
        'server.py': SERVER,
      },
    ],
    [
      'of a uv project, in two stages, started by a shell',
      {
        Dockerfile: [
          'FROM python:3.13-slim AS build',
          'COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/',
          'WORKDIR /app',
          'RUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --no-install-project',
          'COPY . .',
          'FROM python:3.13-slim',
          'COPY --from=build /app /srv',
          'WORKDIR /srv',
          'ENV PATH="/srv/.venv/bin:$PATH"',
          'CMD exec python ${SERVER:-server}.py',
        ].join('\n'),
        'pyproject.toml':
          '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["mcp==1.30.0"]\n',
        'server.py': SERVER,
      },
    ],
    [
      'under a launcher that has a sitecustomize of its own',
      {
        Dockerfile: [
          'FROM python:3.13-slim',
          'WORKDIR /app',
          'RUN pip install mcp==1.30.0',
          'RUN pip install opentelemetry-distro>=0.50b0 && useradd agent',
          'COPY server.py .',
          'ENV OTEL_SDK_DISABLED=true',
          'CMD ["opentelemetry-instrument", "python", "server.py"]',
        ].join('\n'),
        'server.py': SERVER,
      },
    ],
  ])('%s', async (_, files) => {
    await using folder = await temporaryFolder()
    await using world = await startImageWorld(folder.path)
    await world.register(files)
    const created = await world.operations.createRuntime(DEFAULT_SCOPE, {
      ...CONTAINER,
      protocolConfiguration: { serverProtocol: 'MCP' },
    })
    const { version } = await world.settled(created.record.agentRuntimeId)
    expectLater(version.state).toMatchObject({ status: 'READY' })
    const answer = await world.call(created, {
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'greet', arguments: { name: 'Ada' } },
      }),
    })
    expectLater(await answer.text()).toContain('Hello, Ada')
  })
})

interface ImageWorld extends AgentRuntimeWorld {
  /** Hands a folder over as what the image is built from. */
  register(
    files: Readonly<Record<string, string | undefined>>,
    buildArgs?: Readonly<Record<string, string>>,
  ): Promise<void>
}

async function startImageWorld(
  dataDir: string,
  engineEnvironment: Readonly<Record<string, string>> = { PATH: '/nowhere' },
): Promise<ImageWorld> {
  const builds = openImageBuilds(openBucketStore({ bucketsDir: join(dataDir, 'buckets') }))
  const environment = { ...process.env, REGISTRY_TOKEN: 'only for installers' }
  const installerEnvironment = Object.fromEntries(
    Object.entries(environment).filter((it): it is [string, string] => it[1] !== undefined),
  )
  const world = await startAgentRuntimeWorld(dataDir, {
    engineEnvironment,
    images: {
      find: (scope, uri) => builds.find(scope, uri),
      dir: join(dataDir, 'images'),
      installerEnvironment,
    },
  })
  let count = 0
  return {
    ...world,
    async register(files, buildArgs = {}) {
      const there = Object.entries(files).filter(
        (it): it is [string, string] => it[1] !== undefined,
      )
      const key = `folder-${count++}.zip`
      await world.putArchive(key, Object.fromEntries(there))
      await builds.register({
        scope: DEFAULT_SCOPE,
        imageUri: IMAGE,
        buildArgs,
        source: { bucket: 'artifacts', key },
        dockerfile: 'Dockerfile',
      })
    },
  }
}

function inSession(id: string) {
  return { [SESSION_HEADER]: id }
}

/** Packages come from PyPI, by the machine's own pip. */
async function whyNoPackages(): Promise<string | undefined> {
  const python = await machinePython()
  if (typeof python === 'string') return python
  return promisify(execFile)(python.path, ['-m', 'pip', 'index', 'versions', 'mcp']).then(
    () => undefined,
    (error: unknown) => `PyPI cannot be asked: ${String(error).trim().split('\n').at(-1)}`,
  )
}
