/* oxlint-disable no-template-curly-in-string -- variables of Dockerfiles */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDockerfile } from './dockerfile.ts'
import { planImage } from './plan-image.ts'

const plan = (text: string, options: Partial<Parameters<typeof planImage>[1]> = {}) =>
  planImage(text, { buildArgs: {}, ...options })
const lines = (...parts: readonly string[]) => parts.join('\n')

it('reads what docker build reads', () => {
  const text = lines(
    '# syntax=docker/dockerfile:1',
    'from python:3.13 AS Base',
    '',
    'RUN --mount=type=cache,target=/x --network=none \\',
    '# in between',
    '',
    '    pip install a && \\',
    '    pip install b',
    'CMD ["python", "a b.py"]',
    'ENTRYPOINT [not json]',
  )
  expect(readDockerfile(text)).toEqual([
    { line: 2, name: 'FROM', flags: [], text: 'python:3.13 AS Base', exec: undefined },
    {
      line: 4,
      name: 'RUN',
      flags: [
        ['mount', 'type=cache,target=/x'],
        ['network', 'none'],
      ],
      text: 'pip install a && pip install b',
      exec: undefined,
    },
    { line: 9, name: 'CMD', flags: [], text: '["python", "a b.py"]', exec: ['python', 'a b.py'] },
    { line: 10, name: 'ENTRYPOINT', flags: [], text: '[not json]', exec: undefined },
  ])
})

it('plans an image as the AgentCore starter toolkit writes it', () => {
  const { stages } = plan(
    lines(
      'FROM --platform=linux/arm64 ghcr.io/astral-sh/uv:python3.13-bookworm-slim',
      'WORKDIR /app',
      'ENV UV_SYSTEM_PYTHON=1 \\',
      '    GREETING="hello  world" PLAIN=$UV_SYSTEM_PYTHON',
      'ENV OLD the rest is its value',
      'COPY requirements.txt requirements.txt',
      'RUN uv pip install --no-cache -r requirements.txt',
      'RUN uv pip install "aws-opentelemetry-distro>=0.10,<1"',
      'RUN apt-get update && apt-get install -y --no-install-recommends curl gcc && rm -rf /var/lib/apt/lists/*',
      'RUN python -m pip install --no-cache-dir plain>=0.1.2 2>&1 && echo done > log.txt',
      'RUN useradd -m -u 1000 agent && mkdir -p data /var/cache/agent && chown -R agent data',
      'USER agent',
      'EXPOSE 8080',
      'COPY --chown=agent . .',
      'CMD ["opentelemetry-instrument", "python", "-m", "agent"]',
    ),
  )
  expect(stages).toHaveLength(1)
  const install = { kind: 'python', tool: 'uv pip', workdir: '/app' }
  const copy = { kind: 'copy', from: undefined }
  expect(stages[0]).toMatchObject({
    base: { language: 'python', version: '3.13' },
    workdir: '/app',
    environment: new Map([
      ['UV_SYSTEM_PYTHON', '1'],
      ['GREETING', 'hello  world'],
      ['PLAIN', ''], // as it was before the instruction
      ['OLD', 'the rest is its value'],
    ]),
    command: { kind: 'exec', words: ['opentelemetry-instrument', 'python', '-m', 'agent'] },
    actions: [
      { kind: 'folder', path: '/app' },
      {
        ...copy,
        sources: ['requirements.txt'],
        destination: '/app/requirements.txt',
        isInto: false,
      },
      { ...install, args: ['-r', 'requirements.txt'] },
      { ...install, args: ['aws-opentelemetry-distro>=0.10,<1'] },
      { ...install, tool: 'pip', args: ['plain'] },
      { kind: 'folder', path: '/app/data' },
      { kind: 'folder', path: '/var/cache/agent' },
      { ...copy, sources: ['.'], destination: '/app', isInto: true },
    ],
  })
})

it('knows stages, arguments and targets', () => {
  const text = lines(
    'ARG VERSION=3.12',
    'ARG MIRROR',
    'FROM ${MIRROR:-public.ecr.aws/docker/library}/python:${VERSION}-slim AS build',
    'ARG VERSION',
    'ARG EXTRA=none',
    'RUN pip install --user x==${VERSION} $EXTRA',
    'FROM node:22-alpine AS web',
    'COPY package*.json ./',
    'RUN npm ci --omit=dev',
    'FROM build',
    'COPY --from=web /node_modules /srv/node_modules',
    'COPY --from=0 /a /b',
    'ENTRYPOINT ["python"]',
    'CMD main.py',
  )
  const { stages } = plan(text, { buildArgs: { VERSION: '3.11', UNDECLARED: 'x' } })
  expect(stages.map(({ base, parent }) => [base.language, parent])).toEqual([
    ['python', undefined],
    ['node', undefined],
    ['python', 0],
  ])
  expect(stages[0]?.base).toEqual({ language: 'python', version: '3.11' })
  expect(stages[0]?.actions).toMatchObject([{ tool: 'pip', args: ['x==3.11', 'none'] }])
  expect(stages[1]?.actions).toMatchObject([
    { isInto: true },
    { kind: 'npm', args: ['ci', '--omit=dev'] },
  ])
  expect(stages[2]?.actions).toMatchObject([{ from: 1 }, { from: 0 }])
  expect(stages[2]?.command).toEqual({
    kind: 'exec',
    words: ['python', '/bin/sh', '-c', 'main.py'],
  })
  expect(plan(text, { target: 'WEB' }).stages).toHaveLength(2)
  expect(() => plan(text, { target: 'none' })).toThrow('The Dockerfile has no stage none')
})

it('brings uv along, and takes mounts of the build folder as files', () => {
  const { stages } = plan(
    lines(
      'FROM python:3.12-slim',
      'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/',
      'RUN curl -LsSf https://astral.sh/uv/install.sh | sh',
      'WORKDIR /app',
      'RUN --mount=type=cache,target=/root/.cache --mount=type=bind,source=uv.lock,target=uv.lock uv sync --frozen',
      'CMD exec uvicorn main:app --port ${PORT:-8080}',
    ),
  )
  expect(stages[0]?.actions).toMatchObject([
    { kind: 'folder' },
    { kind: 'copy', sources: ['uv.lock'], destination: '/app/uv.lock' },
    { kind: 'python', tool: 'uv sync', args: ['--frozen'] },
  ])
})

describe('refuses, with its line', () => {
  it.each([
    [
      'FROM golang:1.25',
      'line 1, "FROM golang:1.25": images of golang:1.25 cannot be stood in for',
    ],
    ['FROM public.ecr.aws/lambda/python:3.13', 'images of public.ecr.aws/lambda/python:3.13'],
    ['RUN pip install x', 'it stands before the first FROM'],
    [
      'FROM python\nRUN apt-get update && apt-get install -y ffmpeg gcc',
      'line 2, "RUN apt-get update && apt-get install -y ffmpeg gcc": the system packages ffmpeg cannot be installed here; start Docker',
    ],
    ['FROM python\nRUN curl https://x | bash', 'only a shell can do that'],
    ['FROM python\nRUN pip install $(cat x)', 'only a shell can do that'],
    ['FROM python\nRUN pip install -r x < log', 'only a shell can do that'],
    ['FROM python\nRUN <<EOF\npip install x\nEOF', 'only a shell can do that'],
    ['FROM python\nRUN ./build.sh', './build.sh cannot be run here'],
    ['FROM python\nRUN constructor', 'constructor cannot be run here'],
    [
      'FROM python\nRUN python setup.py install',
      'python cannot be run here while an image is made',
    ],
    ['FROM python\nRUN rm -rf /app/tests', '/app/tests cannot be removed here'],
    ['FROM python\nRUN pip install -t /deps x', 'pip install --target is not supported here'],
    ['FROM node\nRUN npm install -g pnpm', 'npm packages cannot be installed globally here'],
    [
      'FROM python\nRUN --mount=type=secret,id=x pip install x',
      'a mount of the type secret is not there',
    ],
    [
      'FROM python\nCOPY --from=nginx /etc/nginx /etc/nginx',
      'files of the image nginx are not here',
    ],
    [
      'FROM python\nADD https://example.com/x /x',
      'https://example.com/x cannot be fetched or unpacked here',
    ],
    ['FROM python\nADD x.tar.gz /x', 'x.tar.gz cannot be fetched or unpacked here'],
    ['FROM python\nONBUILD RUN x', 'ONBUILD is not supported here'],
    ['FROM python\nSHELL ["/bin/bash"]', 'another shell cannot be chosen here'],
    ['', 'The Dockerfile has no FROM'],
    ['#'.repeat(300_000), 'A Dockerfile may have'],
  ])('%j', (text, message) => {
    expect(() => plan(text)).toThrow(message)
  })
})

describe('variables that double', () => {
  const doubling = Array(40).fill('A=$A$A')

  it.each([
    ['ENV', doubling.map((it) => `ENV ${it}`)],
    ['ARG', doubling.map((it) => `ARG ${it}`)],
  ])('are refused with their line: %s', (name, instructions) => {
    const text = lines('FROM python', `${name} A=xy`, ...instructions)
    expect(() => plan(text)).toThrow(/^Dockerfile line \d+: the values of variables may be 1000000/)
  })

  it.each(['ENV', 'WORKDIR', 'COPY', 'RUN', 'FROM'])('are refused in a long %s', (name) => {
    const value = `V=${'x'.repeat(50_000)}`
    const words = `${name === 'ENV' ? 'W=' : ''}${'$V'.repeat(1_000)}`
    const text = lines(`ARG ${value}`, 'FROM python', `ENV ${value}`, `${name} ${words} a=b`)
    expect(() => plan(text)).toThrow('Dockerfile line 4: the values of variables')
  })
})

it('ends with a plan or a refusal, whatever stands in the file', () => {
  const word = fc.constantFrom(
    'FROM',
    'RUN',
    'COPY',
    'ENV',
    'ARG',
    'python',
    'AS',
    'a',
    '.',
    '/',
    '--from=a',
    '--mount=x',
    '=',
    '$',
    '${',
    '}',
    '"',
    "'",
    '\\',
    '&&',
    ';',
    '[',
    ']',
    'pip',
    'install',
    '-r',
    '\n',
    '\n',
    ' ',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      try {
        plan(`FROM python\n${words.join('')}`)
      } catch (error) {
        expect(error).toHaveProperty('name', 'HostError')
      }
    }),
    { numRuns: 500 },
  )
})
