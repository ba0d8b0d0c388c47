import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import type { ReadStack } from '../stack-source.ts'
import { findHotAssets } from './hot-assets.ts'
import { assetsOf } from './swap-assets.ts'

const STAGED = 'asset.0123'

/** An app with one function, and its code as the CDK has staged it: without what was left out. */
async function world() {
  const folder = await temporaryFolder()
  const app = join(folder.path, 'app')
  const staged = join(folder.path, STAGED)
  await mkdir(join(app, 'lambda/src/pkg'), { recursive: true })
  await writeFile(join(app, 'lambda/src/index.py'), 'a = 1\n')
  await writeFile(join(app, 'lambda/src/pkg/b.py'), 'b = 1\n')
  await cp(join(app, 'lambda/src'), staged, { recursive: true })
  await writeFile(join(app, 'lambda/src/notes.md'), 'left out')
  return { app, staged, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

function stackOf(staged: string, metadata: object, resources: object = {}): ReadStack {
  const template = {
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'aws:asset:path': STAGED, 'aws:asset:is-bundled': false, ...metadata },
      },
      ...resources,
    },
  }
  return {
    displayName: 'Web',
    stackName: 'Web',
    scope: { accountId: '000000000000', region: 'us-east-1' },
    templateText: JSON.stringify(template),
    template,
    parameters: {},
    tags: {},
    terminationProtection: false,
    sources: [],
    assets: [
      {
        kind: 'file',
        id: '0123',
        displayName: 'Function/Code',
        path: staged,
        isFolder: true,
        bucket: 'b',
        key: '0123.zip',
      },
    ],
  }
}

test('the folder of a function is found by what is in it', async ({ expect }) => {
  await using it = await world()
  const [found, ...others] = await findHotAssets([stackOf(it.staged, {})], it.app)
  expect(found).toMatchObject({
    sourceDir: join(it.app, 'lambda/src'),
    names: ['index.py', 'pkg/b.py'],
  })
  expect(others).toEqual([])
})

test('what was bundled, what is there twice and what has versions is left to the CDK', async ({
  expect,
}) => {
  await using it = await world()
  const bundled = stackOf(it.staged, { 'aws:asset:is-bundled': true })
  expect(await findHotAssets([bundled], it.app)).toEqual([])
  const version = {
    Type: 'AWS::Lambda::Version',
    Properties: { FunctionName: { Ref: 'Function' } },
  }
  const versioned = stackOf(it.staged, {}, { Version: version })
  expect(await findHotAssets([versioned], it.app)).toEqual([])
  await cp(join(it.app, 'lambda/src'), join(it.app, 'copy'), { recursive: true })
  expect(await findHotAssets([stackOf(it.staged, {})], it.app)).toEqual([])
})

test('a change belongs to a function, to the whole app, or to nobody', async ({ expect }) => {
  await using it = await world()
  const assets = await findHotAssets([stackOf(it.staged, {})], it.app)
  const ownersOf = (...names: string[]) => assetsOf(new Set(names), it.app, assets)
  expect(await ownersOf('lambda/src/pkg/b.py')).toEqual(assets)
  expect(await ownersOf('lambda/src/4913', 'lambda/src/index.py')).toEqual(assets)
  expect(await ownersOf('lambda/src/notes.md')).toBeUndefined()
  await rm(join(it.app, 'lambda/src/index.py'))
  expect(await ownersOf('lambda/src/index.py')).toBeUndefined()
})
