import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { findSource } from './find-source.ts'

test('a folder is an app, an assembly or neither; a file is a template', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  await mkdir(at('app'))
  await writeFile(at('app/cdk.json'), '{"app":"node app.js"}')
  await mkdir(at('out'))
  await writeFile(at('out/manifest.json'), '{}')
  await writeFile(at('my_stack.template.yaml'), 'Resources: {}')
  const kindOf = async (name: string, stacks: readonly string[] = []) =>
    (await findSource(at(name), stacks, undefined)).source
  expect(await kindOf('app')).toMatchObject({ kind: 'app', settings: { app: 'node app.js' } })
  expect(await kindOf('out')).toEqual({ kind: 'assembly', dir: at('out') })
  expect(await kindOf('out/manifest.json')).toEqual({ kind: 'assembly', dir: at('out') })
  expect(await kindOf('my_stack.template.yaml')).toMatchObject({ stackName: 'my-stack' })
  expect(await kindOf('my_stack.template.yaml', ['own'])).toMatchObject({ stackName: 'own' })
  expect(await findSource(at('app'), ['A*'], at('out'))).toEqual({
    source: { kind: 'assembly', dir: at('out') },
    stackPatterns: ['A*'],
  })
  await expect(findSource('nowhere', [], undefined)).rejects.toThrow(
    /no folder, cdk\.out or template nowhere, and .* is no CDK app/,
  )
  await expect(kindOf('.')).rejects.toThrow('is no CDK app')
  await expect(kindOf('nothing')).rejects.toThrow('is neither a folder with a CDK app')
})
