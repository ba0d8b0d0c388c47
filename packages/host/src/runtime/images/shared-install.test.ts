import { expect, it } from 'vitest'
import type { PythonInstall } from './image-plan.ts'
import { isSharedInstall } from './shared-install.ts'

const files: Readonly<Record<string, string>> = {
  'plain.txt':
    '# list\nmcp[cli] >= 1.2, <2  # why\nzope.interface==5.*\n\nx==1 ; python_version < "3.9" \\\n --hash=sha256:ab --hash=sha256:cd\n',
  'folder.txt': 'mcp\nlibs/mypkg\n',
  'at.txt': 'mypkg @ file:libs/mypkg\n',
  'nested.txt': '--requirement other.txt\n',
  'links.txt': '--find-links ./wheels\nmypkg\n',
  'continued.txt': 'mcp \\\n-r other.txt\n',
  'variable.txt': '${PLACE}\n',
}
const locks = {
  plain:
    '[[package]]\nname = "x"\nsource = { virtual = "." }\n[[package]]\nname = "mcp"\nsource = { registry = "https://pypi.org/simple" }\n',
  folder: '[[package]]\nname = "lib"\nsource = { directory = "libs/lib" }\n',
  wheels: '[[package]]\nname = "lib"\nsource = { registry = "wheels" }\n',
}

function isShared(args: string, tool: PythonInstall['tool'] = 'pip', lock?: string) {
  const install = { kind: 'python', line: 1, tool, args: args.split(' '), workdir: '/' } as const
  return isSharedInstall(install, async (name) => (name === 'uv.lock' ? lock : files[name]))
}

it.each([
  'mcp',
  'mcp[cli]==1.30.0 x>=1,<2',
  '-r plain.txt',
  '--upgrade --requirement plain.txt pip',
])('gives the same in every image: pip install %s', async (args) =>
  expect(await isShared(args)).toBe(true),
)

it.each([
  '.',
  '/srv/pkg',
  'libs/mypkg',
  'libs/mypkg/',
  'mypkg.whl',
  'mypkg.tar.gz[extra]',
  '-rplain.txt',
  '--requirement=plain.txt',
  '--find-links=./wheels mypkg',
  '--editable=./x',
  '-e x',
  '-r none.txt',
  '-r',
  ...Object.keys(files).flatMap((name) => (name === 'plain.txt' ? [] : [`-r ${name}`])),
])("is the image's own: pip install %s", async (args) => expect(await isShared(args)).toBe(false))

it.each([
  ['--frozen --no-install-project', locks.plain, true],
  ['--frozen', locks.plain, false],
  ['--no-install-project', undefined, false],
  ['--no-install-project', locks.folder, false],
  ['--no-install-project', locks.wheels, false],
  ['--no-install-project --find-links=x', locks.plain, false],
])('uv sync %s with %j: %s', async (args, lock, expected) => {
  expect(await isShared(args, 'uv sync', lock)).toBe(expected)
})
