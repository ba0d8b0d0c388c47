// Where secrets of a stack may be seen: by the resource they are for, and nowhere else.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { CLIENT_SECRET } from '../../test/support/memory-cloud.ts'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { openStore } from '../store/store.ts'

const PASSWORD = 'pass-5f0c1e2a-word'
const RESOLVED = 'resolved-9b7d-secret'
const OUTPUT = 'output-77aa-value'

test('secrets are in no row in the clear, and in nothing that is shown', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const shown: unknown[] = []
  {
    await using store = openStore(join(folder.path, 'catamaran.db'))
    await using world = await openMemoryStacks({ store })
    world.parameters.set('db', RESOLVED)
    const { stacks, cloud } = world
    const deploy = (value: number) =>
      world.deploy(
        'app',
        {
          A: resource('Thing', { Value: { 'Fn::Sub': '${Password}!' }, List: [value] }),
          B: resource('Thing', { Value: '{{resolve:secretsmanager:db}}' }),
          C: resource('Thing', { Secret: 'x', Value: OUTPUT }),
          D: resource('Thing', { Value: { 'Fn::GetAtt': ['C', 'Value'] } }),
          E: resource('Thing', { Value: { 'Fn::GetAtt': ['A', 'ClientSecret'] } }),
        },
        {
          template: { Parameters: { Password: { Type: 'String', NoEcho: true } } },
          input: { parameters: [{ parameterKey: 'Password', parameterValue: PASSWORD }] },
        },
      )
    await deploy(1)
    const texts = JSON.stringify([...cloud.things.values()])
    expect(texts).toContain(`${PASSWORD}!`)
    expect(texts).toContain(RESOLVED)
    expect(texts).toContain(CLIENT_SECRET)
    const changeSet = { stackName: 'app', changeSetName: 'c' }
    await stacks.createChangeSet(SCOPE, {
      ...changeSet,
      templateBody: await stacks.getTemplate(SCOPE, { stackName: 'app' }),
      parameters: [{ parameterKey: 'Password', parameterValue: `${PASSWORD}2` }],
    })
    shown.push(await stacks.describeChangeSet(SCOPE, changeSet))
    await deploy(2)
    shown.push(
      await stacks.describeStacks(SCOPE),
      await stacks.events(SCOPE, 'app'),
      await stacks.resources(SCOPE, 'app'),
    )
  }
  const seen = JSON.stringify(shown)
  expect(seen).not.toContain(PASSWORD)
  expect(seen).not.toContain(RESOLVED)
  expect(seen).not.toContain(CLIENT_SECRET)
  expect(seen).toContain('****!')

  for (const file of await readdir(folder.path)) {
    const bytes = await readFile(join(folder.path, file), 'latin1')
    for (const secret of [PASSWORD, RESOLVED, OUTPUT, CLIENT_SECRET])
      expect(bytes).not.toContain(secret)
  }
})

test('what a service quotes of a secret is in no reason', async ({ expect }) => {
  await using world = await openMemoryStacks()
  world.parameters.set('db', JSON.stringify({ password: RESOLVED }))
  const fail = { how: 'unmade', times: 1 } as const
  world.cloud.failing.set('create A', fail).set('create B', fail)
  const stack = await world.deploy(
    'app',
    {
      A: resource('Thing', { Value: { Ref: 'Password' } }),
      B: resource('Thing', { Value: '{{resolve:secretsmanager:db:SecretString:password}}' }),
    },
    {
      template: { Parameters: { Password: { Type: 'String', NoEcho: true } } },
      input: { parameters: [{ parameterKey: 'Password', parameterValue: PASSWORD }] },
    },
  )
  expect(stack.stackStatus).toBe('ROLLBACK_COMPLETE')
  const events = (await world.events('app')).join('\n')
  expect(events).toContain('create A was to fail: {"Value":"****"}')
  expect(events).not.toContain(PASSWORD)
  expect(events).not.toContain(RESOLVED)

  const wrong = world.deploy(
    'two',
    { A: resource('Thing', { Picky: { Ref: 'Password' } }) },
    {
      template: { Parameters: { Password: { Type: 'String', NoEcho: true, Default: 'Picky' } } },
    },
  )
  await expect(wrong).rejects.toThrow('Encountered unsupported property ****')
})
