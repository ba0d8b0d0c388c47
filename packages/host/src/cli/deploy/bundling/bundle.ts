// What `CDK_DOCKER` names while an app of ours is synthesised: the CDK believes it talks to Docker.
//
// A real engine is asked only for images that nothing here can stand in for. For Python and Node it would
// be the wrong one: what it installs is for Lambda's Linux and the asked version, and is run here.
import { spawn } from 'node:child_process'
import { isAbsolute, join, resolve } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'
import { cacheFolder } from '../cdk/cache-folder.ts'
import { readDockerCall, type DockerRun } from './docker-arguments.ts'
import { builtImages, languageOf, readBuiltImage, type KnownImage } from './image-language.ts'
import { ENGINE_VARIABLE } from './engine-variable.ts'
import { runBundling } from './run-bundling.ts'

/** One call of Docker by the CDK; returns the exit code. */
export async function bundle(args: readonly string[]): Promise<number> {
  const call = readDockerCall(args)
  const cacheDir = cacheFolder('bundling')
  const images = builtImages(join(cacheDir, 'images'))
  switch (call.kind) {
    case 'inspect':
      return (await images.find(call.image)) === undefined ? 1 : 0
    case 'build': {
      const { folder, dockerfile = 'Dockerfile' } = call
      const file = isAbsolute(dockerfile) ? dockerfile : resolve(folder, dockerfile)
      const image = await readBuiltImage(file, call.buildArgs)
      if (image === undefined) return useEngine(args, file)
      await images.add(call.tag, image)
      return 0
    }
    case 'run': {
      const language = languageOf(call.image)
      const image = language ? { language, tools: {} } : await images.find(call.image)
      if (image === undefined || call.usesOtherVolumes) return useEngine(args, call.image)
      await run(call, image, cacheDir)
      return 0
    }
    case 'other':
      return useEngine(args, args.slice(0, 2).join(' '))
    default:
      throw new Error(`unknown call ${String(call satisfies never)}`)
  }
}

async function run(call: DockerRun, image: KnownImage, cacheDir: string): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  const onLine = (line: string) => void process.stderr.write(`${line}\n`)
  await runBundling({ run: call, image, cacheDir, env, onLine })
}

async function useEngine(args: readonly string[], what: string): Promise<number> {
  const engine = process.env[ENGINE_VARIABLE] || 'docker'
  if ((await exitCodeOf(engine, ['version'], 'ignore')) !== 0) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      `${what} needs a container engine, and none runs here. Without one, code is bundled for Python (pip, uv, poetry, pipenv) and Node (esbuild, npm, yarn, pnpm, bun)`,
    )
  }
  return exitCodeOf(engine, args, 'inherit')
}

function exitCodeOf(
  file: string,
  args: readonly string[],
  stdio: 'ignore' | 'inherit',
): Promise<number> {
  return new Promise((done) => {
    const child = spawn(file, args, { stdio })
    child.once('error', () => done(127))
    child.once('exit', (code) => done(code ?? 1))
  })
}
