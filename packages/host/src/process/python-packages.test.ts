import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'
import { findPython, installRequirements } from './python-packages.ts'

const PATH = process.env['PATH'] ?? '/usr/bin:/bin'
const python = await findPython(undefined, PATH).catch(() => undefined)
if (python === undefined) console.log('Skipped: no Python 3 in PATH')
const test = base.skipIf(python === undefined)

async function world() {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-test-'))
  const lines: string[] = []
  const install = (changes: { readonly python?: string; readonly path?: string } = {}) =>
    installRequirements({
      requirementsFile: join(path, 'requirements.txt'),
      python: changes.python ?? python?.path ?? '',
      cacheDir: join(path, 'cache'),
      env: { PATH: changes.path ?? '/usr/bin:/bin', HOME: path },
      onProgress: (line) => lines.push(line),
    })
  return {
    path,
    lines,
    install,
    write: (name: string, text: string) => writeFile(join(path, name), text),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** A package without any code of its own that pip installs offline. */
function writeWheel(folder: string): void {
  const script = `
import zipfile
with zipfile.ZipFile("tiny-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("tiny.py", "x = 1")
    wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
    wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("tiny-1.0.dist-info/RECORD", "")
`
  execFileSync(python?.path ?? '', ['-c', script], { cwd: folder })
}

async function writeScript(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`)
  await chmod(file, 0o755)
}

test('packages are installed once, also when asked for twice at the same time', async ({
  expect,
}) => {
  await using it = await world()
  writeWheel(it.path)
  await it.write('requirements.txt', './tiny-1.0-py3-none-any.whl\n')
  const [first, second] = await Promise.all([it.install(), it.install()])
  expect(second).toBe(first)
  expect(await readdir(first)).toContain('tiny.py')
  expect(it.lines.filter((line) => line.endsWith('with pip'))).toEqual([
    'Installing requirements.txt with pip',
  ])
  it.lines.length = 0
  expect(await it.install()).toBe(first)
  expect(it.lines).toEqual([])
  expect(await readdir(join(it.path, 'cache'))).toHaveLength(1)
})

test('other content is another folder', async ({ expect }) => {
  await using it = await world()
  await it.write('requirements.txt', '# nothing\n')
  const first = await it.install()
  await it.write('requirements.txt', '# nothing at all\n')
  expect(await it.install()).not.toBe(first)
  expect(await readdir(first)).toEqual([])
})

test('what cannot be installed is refused with the reason, and leaves nothing', async ({
  expect,
}) => {
  await using it = await world()
  await it.write('requirements.txt', './missing-1.0-py3-none-any.whl\n')
  await expect(it.install()).rejects.toMatchObject({
    code: 'ERR_TARGET_FAILED',
    message: expect.stringContaining('missing-1.0-py3-none-any.whl'),
  })
  expect(await readdir(join(it.path, 'cache'))).toEqual([])
})

test('a lock whose holder has died is nobody’s', async ({ expect }) => {
  await using it = await world()
  await it.write('requirements.txt', '# nothing\n')
  const folder = await it.install()
  await rm(folder, { recursive: true })
  await writeFile(`${folder}.lock`, '999999999')
  expect(await it.install()).toBe(folder)
})

test('without uv and pip the refusal names both', async ({ expect }) => {
  await using it = await world()
  execFileSync(python?.path ?? '', ['-m', 'venv', '--without-pip', join(it.path, 'venv')])
  await it.write('requirements.txt', 'tiny\n')
  const install = it.install({ python: join(it.path, 'venv/bin/python') })
  await expect(install).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
    message: expect.stringMatching(/neither uv nor pip is there.*ensurepip/),
  })
})

test('uv is preferred', async ({ expect }) => {
  await using it = await world()
  await mkdir(join(it.path, 'bin'))
  await writeScript(join(it.path, 'bin/uv'), 'mkdir -p "$6" && echo "$@" > "$6/by-uv"')
  await it.write('requirements.txt', 'tiny\n')
  const folder = await it.install({ path: `${it.path}/bin:/usr/bin:/bin` })
  expect(await readdir(folder)).toEqual(['by-uv'])
})

test('requirements that cannot be read are a mistake of the caller', async ({ expect }) => {
  await using it = await world()
  await expect(it.install()).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})

test('the asked version of Python is taken, else the newest', async ({ expect }) => {
  await using it = await world()
  const says = (name: string, version: string) =>
    writeScript(join(it.path, name), `echo /real/${name}\necho ${version}`)
  const is = (minor: number) => ({ path: `/real/python3.${minor}`, version: `3.${minor}.1` })
  await says('python3.12', '3.12.1')
  await says('python3.13', '3.13.1')
  await writeScript(join(it.path, 'python3.14'), 'exit 127') // a shim without an interpreter
  expect(await findPython('python3.12', it.path)).toEqual(is(12))
  expect(await findPython('python3.14', it.path)).toEqual(is(13))
  expect(await findPython(undefined, it.path)).toEqual(is(13))
  await mkdir(join(it.path, 'bin'))
  const none = findPython('python3.13', join(it.path, 'bin'))
  await expect(none).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})

test('the plain python3 of a version manager goes before its other scripts', async ({ expect }) => {
  await using it = await world()
  await writeScript(join(it.path, 'python3'), 'echo /chosen\necho 3.11.7')
  await writeScript(join(it.path, 'python3.13'), 'echo /other\necho 3.13.0')
  expect(await findPython('python3.12', it.path)).toEqual({ path: '/chosen', version: '3.11.7' })
})
