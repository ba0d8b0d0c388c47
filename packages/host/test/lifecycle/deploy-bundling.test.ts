// What the CDK asks of Docker while it synthesises, asked of `catamaran bundle`: the same arguments.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'
import { demoWheel } from '../support/python-cdk-app.ts'
import { runCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const BIN = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url))
const PYTHON = 'public.ecr.aws/sam/build-python3.13'

/** Folders as the CDK would mount them, one of them with a space in its name. */
async function world() {
  const folder = await temporaryFolder()
  const [input, cache] = [join(folder.path, 'input'), join(folder.path, 'cache')]
  await mkdir(join(input, 'wheels'), { recursive: true })
  await writeFile(join(input, 'wheels/demo-1.0-py3-none-any.whl'), demoWheel())
  await writeFile(join(input, 'requirements.txt'), 'demo\n')
  let outputs = 0
  return {
    input,
    path: folder.path,
    async bundle(image: string, command: string, more: readonly string[] = []) {
      const output = join(folder.path, `output ${(outputs += 1)}`)
      await mkdir(output)
      const volumes = ['-v', `${input}:/asset-input:delegated`, '-v', `${output}:/asset-output`]
      const args = ['run', '--rm', '-u', '0:0', ...volumes, '-w', '/asset-input', ...more, image]
      const result = await run(cache, [...args, 'bash', '-c', command])
      return { ...result, output }
    },
    docker: (args: readonly string[]) => run(cache, args),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

function run(cache: string, args: readonly string[]) {
  return runCommand(['bundle', '--', ...args], {
    env: {
      XDG_CACHE_HOME: cache,
      CATAMARAN_CONTAINER_ENGINE: '/nowhere/docker',
      PATH: `${BIN}${delimiter}${process.env['PATH']}`,
    },
  })
}

const PIP = 'pip install --no-index --find-links wheels -r requirements.txt'

describe('Python', () => {
  test('a layer is installed by pip, and never twice', async ({ expect }) => {
    await using it = await world()
    const count = join(it.path, 'count')
    const command = `${PIP} -t /asset-output/python/ && echo x >> ${count}`
    const first = await it.bundle(PYTHON, command)
    expect(first, first.stderr).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(first.output, 'python/demo.py'), 'utf8')).toBe('answer = 42\n')
    const again = await it.bundle(PYTHON, command)
    expect(again.exitCode).toBe(0)
    expect(await readdir(join(again.output, 'python'))).toContain('demo.py')
    expect(await readFile(count, 'utf8')).toBe('x\n')
    await writeFile(join(it.input, 'requirements.txt'), 'demo==1.0\n')
    expect((await it.bundle(PYTHON, command)).exitCode).toBe(0)
    expect(await readFile(count, 'utf8')).toBe('x\nx\n')
  })

  test('an image that the CDK builds first stands for its base', async ({ expect }) => {
    await using it = await world()
    const context = join(it.path, 'docker')
    await mkdir(context)
    await writeFile(
      join(context, 'Dockerfile'),
      'ARG IMAGE\nFROM $IMAGE\nRUN pip install --upgrade pip\nUSER nobody\n',
    )
    expect((await it.docker(['image', 'inspect', 'cdk-1'])).exitCode).toBe(1)
    const build = ['build', '-t', 'cdk-1', '--build-arg', `IMAGE=${PYTHON}`, context]
    expect(await it.docker(build)).toMatchObject({ exitCode: 0 })
    expect((await it.docker(['image', 'inspect', 'cdk-1'])).exitCode).toBe(0)
    await writeFile(join(it.input, 'index.py'), 'import demo\n')
    const bundled = await it.bundle(
      'cdk-1',
      `rsync -rLv --exclude='wheels' /asset-input/ /asset-output && cd /asset-output && python -m ${PIP.replace('wheels', '/asset-input/wheels')} -t /asset-output`,
    )
    expect(bundled, bundled.stderr).toMatchObject({ exitCode: 0 })
    const names = await readdir(bundled.output)
    expect(names).toContain('index.py')
    expect(names).toContain('demo.py')
    expect(names).not.toContain('wheels')
  })

  test('a command that fails says how, and nothing of it is kept', async ({ expect }) => {
    await using it = await world()
    await writeFile(join(it.input, 'requirements.txt'), 'absent-package\n')
    const failed = await it.bundle(PYTHON, `${PIP} -t /asset-output`)
    expect(failed.exitCode).toBe(7)
    expect(failed.stderr).toContain('absent-package')
    await writeFile(join(it.input, 'requirements.txt'), 'demo\n')
    expect((await it.bundle(PYTHON, `${PIP} -t /asset-output`)).exitCode).toBe(0)
  })
})

describe('Node', () => {
  test('a function is bundled by the esbuild that is there', async ({ expect }) => {
    await using it = await world()
    await writeFile(join(it.input, 'index.ts'), 'export const handler = (): number => 42\n')
    const bundled = await it.bundle(
      'public.ecr.aws/sam/build-nodejs24.x',
      'esbuild --bundle "/asset-input/index.ts" --platform=node --outfile="/asset-output/index.js"',
      ['--env', 'A=b', '-w', '/'],
    )
    expect(bundled, bundled.stderr).toMatchObject({ exitCode: 0 })
    expect(await readFile(join(bundled.output, 'index.js'), 'utf8')).toContain('handler = () => 42')
  })
})

test('an output that stays empty is a failure: the CDK would take it for the asset', async ({
  expect,
}) => {
  await using it = await world()
  const { exitCode, stderr } = await it.bundle(PYTHON, 'true')
  expect(exitCode).toBe(7)
  expect(stderr).toContain('Nothing was written to /asset-output')
})

test('what nothing here can stand in for needs an engine, and says so', async ({ expect }) => {
  await using it = await world()
  const { exitCode, stderr } = await it.bundle('golang:1.25', 'go build -o /asset-output/bootstrap')
  expect(exitCode).toBe(6)
  expect(stderr).toContain('golang:1.25 needs a container engine')
})
