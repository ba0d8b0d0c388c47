import { test } from 'vitest'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkEntryPoint, codeCommand } from './code-launch.ts'

const s3 = { bucket: 'artifacts', prefix: 'agent.zip' }
const node = (...entryPoint: string[]) => ({ s3, runtime: 'NODE_22', entryPoint }) as const
const python = (...entryPoint: string[]) => ({ s3, runtime: 'PYTHON_3_13', entryPoint }) as const

test('an entry point is a script of its language, inside the archive', ({ expect }) => {
  for (const good of [node('main.js'), node('dist/main.mjs'), node('main.ts'), python('main.py')]) {
    expect(() => checkEntryPoint(good)).not.toThrow()
  }
  expect(() => checkEntryPoint(python('opentelemetry-instrument', 'main.py'))).not.toThrow()
  for (const bad of [
    node('main.py'),
    python('main.js'),
    python('../main.py'),
    node('/etc/main.js'),
    python('../../bin/x', 'main.py'),
    node('--eval', 'main.js'),
  ]) {
    expect(() => checkEntryPoint(bad)).toThrow('entryPoint must end with')
  }
})

test('a command is the interpreter, the launcher when there is one, and the script', async ({
  expect,
}) => {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-code-'))
  try {
    await mkdir(join(dir, 'node_modules/.bin'), { recursive: true })
    for (const file of ['main.mjs', 'main.ts', 'node_modules/.bin/tsx']) {
      await writeFile(join(dir, file), '')
    }
    const { execPath } = process
    expect((await codeCommand(node('main.mjs'), dir, '')).command).toEqual([execPath, 'main.mjs'])
    expect((await codeCommand(node('tsx', 'main.ts'), dir, '')).command.slice(-2)).toEqual([
      join(dir, 'node_modules/.bin/tsx'),
      'main.ts',
    ])
    await expect(codeCommand(node('other.js'), dir, '')).rejects.toThrow(
      'The entry point other.js is not in the archive',
    )
    await expect(codeCommand(node('ts-node', 'main.ts'), dir, '')).rejects.toThrow(
      'The launcher ts-node is not in the archive (looked in node_modules/.bin, bin)',
    )
  } finally {
    await rm(dir, { recursive: true })
  }
})
