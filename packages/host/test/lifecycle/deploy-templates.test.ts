// `catamaran deploy` and its companions with templates, as a person uses them: real processes, a real host.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUp } from '../support/up.ts'

const POOL = `
Parameters:
  Name: { Type: String, Default: people }
  Key: { Type: String, NoEcho: true, Default: hush }
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: { UserPoolName: !Ref Name }
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref Pool, ClientName: web }
Outputs:
  PoolId: { Value: !Ref Pool }
  PoolName: { Value: !Ref Name, Description: what it is called }
`

async function world() {
  const host = await startUp('', ['--empty'])
  const folder = await temporaryFolder()
  const home = host.home
  return {
    host,
    file: (name: string) => join(folder.path, name),
    write: (name: string, text: string) => writeFile(join(folder.path, name), text),
    run: (...args: string[]) => runCommand(args, { home, cwd: folder.path }),
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]()
      await host.stop()
    },
  }
}

describe('a template', () => {
  test('is made, left alone, changed, shown and removed', async ({ expect }) => {
    await using it = await world()
    await it.write('people-pool.yaml', POOL)
    const made = await it.run('deploy', 'people-pool.yaml')
    expect(made, made.stderr).toMatchObject({ exitCode: 0 })
    expect(made.stdout).toMatch(/^\n {2}PoolId {4}us-east-1_\w+\n {2}PoolName {2}people\n\n$/)
    expect(made.stderr).toMatch(/people-pool {2}2\/2 {2}created Client {2}AWS::Cognito/)

    const again = await it.run('deploy', 'people-pool.yaml')
    expect(again.stderr).toContain('people-pool  no changes')
    const parameters = ['--parameters', 'people-pool:Name=folk']
    const changed = await it.run('deploy', 'people-pool.yaml', ...parameters, '--json')
    expect(JSON.parse(changed.stdout)).toMatchObject({
      stacks: [
        {
          stackName: 'people-pool',
          status: 'UPDATE_COMPLETE',
          action: 'updated',
          outputs: { PoolName: 'folk' },
          skipped: [],
        },
      ],
    })
    // what was given stays until something else is given
    expect((await it.run('deploy', 'people-pool.yaml')).stderr).toContain('no changes')

    const stacks = await it.run('stacks')
    expect(stacks.stdout).toMatch(/^people-pool {2}UPDATE_COMPLETE {2}\d{4}-/)
    const env = await it.run('outputs', '--env')
    expect(env.stdout).toMatch(/^POOL_ID=us-east-1_\w+\nPOOL_NAME=folk\n$/)
    const json = await it.run('outputs', 'people-pool', '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ PoolName: 'folk' })

    const removed = await it.run('destroy', 'people-pool')
    expect(removed, removed.stderr).toMatchObject({ exitCode: 0 })
    expect((await it.run('stacks')).stdout).toBe('')
    expect(await it.run('destroy', 'people-pool')).toMatchObject({ exitCode: 4 })
  })

  test('differences are told before anything is done', async ({ expect }) => {
    await using it = await world()
    await it.write('pool.yaml', POOL)
    const fresh = await it.run('diff', 'pool.yaml', '--fail')
    expect(fresh.exitCode).toBe(1)
    expect(fresh.stdout).toContain('pool  new')
    expect(fresh.stdout).toContain('+ Pool  AWS::Cognito::UserPool')
    await it.run('deploy', 'pool.yaml')
    expect(await it.run('diff', 'pool.yaml', '--fail')).toMatchObject({
      exitCode: 0,
      stdout: 'pool  no differences\n',
    })
    const table = '  Table: { Type: AWS::DynamoDB::Table }\nOutputs:'
    await it.write(
      'table.yaml',
      POOL.replace('Outputs:', table).replace('Default: people', 'MinLength: 1'),
    )
    const given = await it.run('diff', 'table.yaml', 'pool', '--parameters', 'Name=folk')
    expect(given.stdout).toContain('+ Table  AWS::DynamoDB::Table  not served here')
    expect(given.stdout).toContain('~ Name\n        "people" → "folk"')
    const missing = await it.run('deploy', 'table.yaml', '--skip-unknown')
    expect(missing.stderr).toContain('--parameters Name=…')
    await it.write('pool.yaml', POOL.replace('Default: hush', 'Default: loud'))
    const { stdout } = await it.run('diff', 'pool.yaml')
    expect(stdout).toContain('~ Key')
    expect(stdout).not.toMatch(/hush|loud/)
  })
})

describe('a failure', () => {
  test('a removal that is taken back, for an export in use, is one', async ({ expect }) => {
    await using it = await world()
    await it.write(
      'a.yaml',
      `${POOL.trimEnd()}\n  Shared: { Value: !Ref Pool, Export: { Name: shared } }\n`,
    )
    const importing = 'UserPoolId: !ImportValue shared, ClientName: x'
    await it.write(
      'b.yaml',
      `Resources:\n  C: { Type: AWS::Cognito::UserPoolClient, Properties: { ${importing} } }\n`,
    )
    for (const file of ['a.yaml', 'b.yaml']) {
      expect(await it.run('deploy', file)).toMatchObject({ exitCode: 0 })
    }
    const refused = await it.run('destroy', 'a')
    expect(refused, refused.stderr).toMatchObject({ exitCode: 5 })
    expect(refused.stderr).toContain('export shared as it is in use by b')
    expect((await it.run('stacks')).stdout).toContain('a')
  })

  const FAILING = `${POOL.slice(0, POOL.indexOf('Outputs:'))}
  Function:
    Type: AWS::Lambda::Function
    DependsOn: Pool
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/x
      Code: { S3Bucket: cdk-hnb659fds-assets-000000000000-us-east-1, S3Key: absent.zip }
`
  test('tells every reason, and the next deployment begins anew', async ({ expect }) => {
    await using it = await world()
    await it.write('app.yaml', FAILING)
    const failed = await it.run('deploy', 'app.yaml')
    expect(failed.exitCode).toBe(7)
    expect(failed.stderr).toContain('app was not created (ROLLBACK_COMPLETE):\n  Function (AWS::La')
    expect(failed.stderr).toContain('absent.zip')
    expect((await it.run('stacks')).stdout).toContain('ROLLBACK_COMPLETE')
    await it.write('app.yaml', POOL)
    const mended = await it.run('deploy', 'app.yaml')
    expect(mended, mended.stderr).toMatchObject({ exitCode: 0 })
  })

  test('types that the host does not serve stop everything, or are left out by name', async ({
    expect,
  }) => {
    await using it = await world()
    const table = 'Table: { Type: AWS::DynamoDB::Table, Properties: {} }'
    await it.write('app.yaml', POOL.replace('Resources:', `Resources:\n  ${table}`))
    const refused = await it.run('deploy', 'app.yaml')
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain('[AWS::DynamoDB::Table]')
    expect(refused.stderr).toContain('--skip-unknown')
    expect((await it.run('stacks')).stdout).toBe('')
    const skipped = await it.run('deploy', 'app.yaml', '--skip-unknown')
    expect(skipped.exitCode).toBe(0)
    expect(skipped.stderr).toContain('Skipped: Table (AWS::DynamoDB::Table)')
    // the flag is of one deployment, not of the stack
    expect(await it.run('deploy', 'app.yaml')).toMatchObject({ exitCode: 2 })
    const removed = await it.run('destroy', 'app')
    expect(removed.exitCode).toBe(0)
    expect(removed.stderr).not.toContain('Table')
  })

  test('of several stacks, it names those that were not begun', async ({ expect }) => {
    await using it = await world()
    const stack = (templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile },
    })
    const artifacts = { First: stack('wrong.json'), Second: stack('right.json') }
    await it.write('manifest.json', JSON.stringify({ version: '36.0.0', artifacts }))
    await it.write(
      'wrong.json',
      '{"Parameters":{"N":{"Type":"String"}},"Resources":{"P":{"Type":"AWS::Cognito::UserPool"}}}',
    )
    await it.write('right.json', '{"Resources":{"P":{"Type":"AWS::Cognito::UserPool"}}}')
    const failed = await it.run('deploy', '--all')
    expect(failed.exitCode).toBe(2)
    expect(failed.stderr).toMatch(/\nNot begun: Second\n$/)
  })

  test('commands that cannot begin say what would work', async ({ expect }) => {
    await using it = await world()
    expect(await it.run('deploy')).toMatchObject({ exitCode: 4 })
    expect(await it.run('deploy', 'absent.yaml')).toMatchObject({ exitCode: 4 })
    await it.write('pool.yaml', POOL)
    const wrong = await it.run('deploy', 'pool.yaml', '--parameters', 'Nome=x')
    expect(wrong).toMatchObject({ exitCode: 2 })
    expect(wrong.stderr).toContain('no parameter Nome; it has: Name, Key')
    await using nobody = await temporaryFolder()
    const alone = await runCommand(['deploy', it.file('pool.yaml')], { home: nobody.path })
    expect(alone.exitCode).toBe(4)
    expect(alone.stderr).toContain('--up')
  })
})
