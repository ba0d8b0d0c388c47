// What may stand in RUN: commands that install packages where this host can do it, and commands that have
// no meaning for a process of this machine (users, owners, caches, tools for building).
import { posix } from 'node:path'
import type { BuildAction } from './image-plan.ts'

export interface RunContext {
  readonly line: number
  readonly workdir: string
  readonly environment: ReadonlyMap<string, string>
}

/** What becomes of a command: actions, or why it cannot be done here. */
export type RunVerdict = readonly BuildAction[] | string

type RunCommand = (args: readonly string[], context: RunContext) => RunVerdict

/** System packages that only building or looking at an image needs: compilers, headers, downloads. */
const BUILD_PACKAGES =
  /^(?:build-essential|build-base|gcc|g\+\+|make|cmake|curl|wget|ca-certificates|git|gnupg2?|unzip|xz-utils|tini|dumb-init|procps|less|vim|nano|musl-dev|libc6?-dev|libffi-dev|libssl-dev|openssl-dev|zlib1g-dev|pkg-config|python3-dev|python3-pip|python3-venv|apt-transport-https|lsb-release|software-properties-common|tzdata|locales|bash)(?:[=<>~].*)?$/

const nothing: RunCommand = () => []

const COMMANDS: Readonly<Record<string, RunCommand>> = {
  ':': nothing,
  adduser: nothing,
  addgroup: nothing,
  chgrp: nothing,
  chmod: nothing,
  chown: nothing,
  corepack: nothing,
  echo: nothing,
  groupadd: nothing,
  set: nothing,
  true: nothing,
  useradd: nothing,
  usermod: nothing,
  '.': activate,
  source: activate,
  'apt-get': systemPackages,
  apt: systemPackages,
  apk: systemPackages,
  dnf: systemPackages,
  yum: systemPackages,
  microdnf: systemPackages,
  mkdir: (args, { workdir }) =>
    pathsOf(args).map((path) => ({ kind: 'folder', path: posix.resolve(workdir, path) })),
  rm: removeCaches,
  pip: pip,
  pip3: pip,
  python: python,
  python3: python,
  uv: uv,
  npm: npm,
}

/** What one command of a RUN line becomes. */
export function planCommand(words: readonly string[], context: RunContext): RunVerdict {
  const [program = '', ...args] = words
  const command = Object.hasOwn(COMMANDS, program) ? COMMANDS[program] : undefined
  return command?.(args, context) ?? `${program} cannot be run here`
}

function activate([file = '']: readonly string[]): RunVerdict {
  return file.endsWith('/bin/activate') ? [] : `${file} cannot be run here`
}

function systemPackages(args: readonly string[]): RunVerdict {
  const [action = '', ...packages] = args.filter((word) => !word.startsWith('-'))
  if (
    ['update', 'upgrade', 'clean', 'autoremove', 'autoclean', 'purge', 'remove'].includes(action)
  ) {
    return []
  }
  const needed = packages.filter((name) => !BUILD_PACKAGES.test(name))
  const isInstall = action === 'install' || action === 'add'
  return isInstall && needed.length === 0
    ? []
    : `the system packages ${needed.join(', ')} cannot be installed here`
}

/** What an installation leaves behind is not here. */
function removeCaches(args: readonly string[]): RunVerdict {
  const isCache = (path: string) => /^\/(?:var|tmp|root\/\.|usr\/share|home\/[^/]+\/\.)/.test(path)
  const kept = pathsOf(args).filter((path) => !isCache(path))
  return kept.length === 0 ? [] : `${kept.join(', ')} cannot be removed here`
}

function pip(args: readonly string[], { line, workdir }: RunContext): RunVerdict {
  const [action, ...rest] = args
  if (action === 'cache' || action === 'config' || action === '--version') return []
  if (action !== 'install') return `pip ${action ?? ''} cannot be run here`
  return installation('pip', rest, line, workdir)
}

function python(args: readonly string[], context: RunContext): RunVerdict {
  if (args[0] === '-m' && args[1] === 'pip') return pip(args.slice(2), context)
  const isHarmless = args[0] === '-m' && ['venv', 'compileall', 'ensurepip'].includes(args[1] ?? '')
  return isHarmless || args[0] === '--version'
    ? []
    : 'python cannot be run here while an image is made'
}

function uv(args: readonly string[], { line, workdir }: RunContext): RunVerdict {
  const [action, ...rest] = args
  if (action === 'sync') return installation('uv sync', rest, line, workdir)
  if (action === 'pip' && rest[0] === 'install') {
    return installation('uv pip', rest.slice(1), line, workdir)
  }
  const isHarmless = ['venv', 'cache', 'python', '--version', 'self'].includes(action ?? '')
  return isHarmless ? [] : `uv ${[action, rest[0]].join(' ')} cannot be run here`
}

/** Where packages go is the environment of the image, wherever the Dockerfile would have them. */
const PLACES = new Set([
  '--prefix',
  '--root',
  '--python',
  '-p',
  '--cache-dir',
  '--project',
  '--directory',
])
const LEFT_OUT = new Set([
  '--system',
  '--user',
  '--break-system-packages',
  '--no-cache',
  '--no-cache-dir',
  '-n',
  '--compile-bytecode',
  '--compile',
])

function installation(
  tool: 'pip' | 'uv pip' | 'uv sync',
  args: readonly string[],
  line: number,
  workdir: string,
): RunVerdict {
  const kept: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const [flag = ''] = word.split('=')
    if (flag === '--target' || flag === '-t') return 'pip install --target is not supported here'
    if (LEFT_OUT.has(word)) continue
    if (PLACES.has(flag)) {
      if (flag === '--project' || flag === '--directory')
        return `${tool} ${flag} is not supported here`
      if (!word.includes('=')) at += 1
    } else kept.push(word)
  }
  return [{ kind: 'python', line, tool, args: kept, workdir }]
}

function npm(args: readonly string[], { line, workdir, environment }: RunContext): RunVerdict {
  const [action = ''] = args
  if (action === 'cache' || action === 'config' || action === '--version') return []
  if (args.includes('-g') || args.includes('--global')) {
    return 'npm packages cannot be installed globally here'
  }
  if (!['ci', 'install', 'i', 'run', 'run-script', 'prune', 'rebuild'].includes(action)) {
    return `npm ${action} cannot be run here`
  }
  return [{ kind: 'npm', line, args, workdir, environment }]
}

function pathsOf(args: readonly string[]): readonly string[] {
  return args.filter((word) => !word.startsWith('-') && !/^[0-7]{3,4}$/.test(word))
}
