// `catamaran deploy --all` with what the host does not have: nothing of any stack is made.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUp } from '../support/up.ts'

const TYPES = {
  First: 'AWS::Cognito::UserPool',
  Second: 'AWS::SQS::Queue',
  Third: 'AWS::SNS::Topic',
}

test('unknown types of all stacks are named before the first is made', async ({ expect }) => {
  await using host = await startUp('', ['--empty'])
  await using folder = await temporaryFolder()
  const assembly = join(folder.path, 'cdk.out')
  await mkdir(assembly)
  const artifacts = Object.keys(TYPES).map((name) => {
    const properties = { templateFile: `${name}.template.json` }
    const environment = 'aws://unknown-account/unknown-region'
    return [name, { type: 'aws:cloudformation:stack', environment, properties }]
  })
  const manifest = { version: '36.0.0', artifacts: Object.fromEntries(artifacts) }
  await writeFile(join(assembly, 'manifest.json'), JSON.stringify(manifest))
  for (const [name, Type] of Object.entries(TYPES)) {
    const template = JSON.stringify({ Resources: { It: { Type } } })
    await writeFile(join(assembly, `${name}.template.json`), template)
  }
  const run = (...args: string[]) => runCommand(args, { home: host.home, cwd: folder.path })

  const refused = await run('deploy', 'cdk.out', '--all')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('Second: AWS::SQS::Queue')
  expect(refused.stderr).toContain('Third: AWS::SNS::Topic')
  expect((await run('stacks')).stdout).toBe('')

  const made = await run('deploy', 'cdk.out', '--all', '--skip-unknown')
  expect(made, made.stderr).toMatchObject({ exitCode: 0 })
  expect((await run('stacks')).stdout.trim().split('\n')).toHaveLength(3)
})
