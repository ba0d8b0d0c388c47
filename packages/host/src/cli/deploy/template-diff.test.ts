import { test } from 'vitest'
import { describeChanges } from './describe-changes.ts'
import { compareTemplates } from './template-diff.ts'

const before = {
  Resources: {
    Function: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:asset:path': 'a' },
      Properties: {
        Timeout: 3,
        Role: { Ref: 'Role' },
        Environment: { Variables: { OPENAI_API_KEY: 'sk-1', LEVEL: 'info' } },
      },
    },
    Old: { Type: 'AWS::S3::Bucket' },
  },
  Outputs: { Url: { Value: 'x' } },
}

const after = {
  Resources: {
    Function: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:asset:path': 'b' },
      Properties: {
        Timeout: 30,
        Role: { Ref: 'OtherRole' },
        Environment: { Variables: { OPENAI_API_KEY: 'sk-2', LEVEL: 'info' } },
      },
    },
    New: { Type: 'AWS::S3::Bucket' },
  },
  Outputs: { Url: { Value: 'x' } },
}

test('differences are told by path, and secrets only that they differ', ({ expect }) => {
  const changes = compareTemplates(before, after)
  const text = describeChanges([{ stackName: 'Web', isNew: false, changes }], (_, it) => it)
  expect(text).toMatchInlineSnapshot(`
    "Web
      Resources
        ~ Function  AWS::Lambda::Function
            Properties.Timeout: 3 → 30
            Properties.Role: {"Ref":"Role"} → {"Ref":"OtherRole"}
            Properties.Environment.Variables.OPENAI_API_KEY: "****" → "****"
        − Old  AWS::S3::Bucket
        + New  AWS::S3::Bucket
    "
  `)
  expect(JSON.stringify(changes)).not.toContain('sk-')
})

test('long values are shown where they differ', ({ expect }) => {
  const at = (end: string) => ({
    Resources: { R: { Type: 'T', Properties: { Long: `${'x'.repeat(200)}${end}` } } },
  })
  const changes = compareTemplates(at('one'), at('two'))
  const text = describeChanges([{ stackName: 'Web', isNew: false, changes }], (_, it) => it)
  expect(text).toMatch(/: …x{40}one" → …x{40}two"\n/)
})

test('metadata is no difference', ({ expect }) => {
  const { Metadata: _, ...bare } = before.Resources.Function
  const next = { ...before, Resources: { ...before.Resources, Function: bare } }
  expect(compareTemplates(before, next)).toEqual([])
})

test('a secret that moves into an object is masked there, too', ({ expect }) => {
  const at = (value: unknown) => ({
    Resources: { R: { Type: 'T', Properties: { Settings: value } } },
  })
  const [change] = compareTemplates(at('none'), at({ clientSecret: 'hush', list: ['a'] }))
  expect(change?.details).toEqual([
    { path: 'Properties.Settings', before: 'none', after: { clientSecret: '****', list: ['a'] } },
  ])
})
