import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { UNKNOWN } from '../../../src/stacks/resource-type.ts'
import { RESOURCE_TYPE_GAPS, resourceTypes } from '../../../src/stacks/resource-types/table.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const ACCOUNT = '000000000000'

/** What `Ref` and `GetAtt` give of recorded types that templates refer to. */
const RECORDED: readonly (readonly [string, JsonObject, RegExp, Record<string, RegExp>])[] = [
  [
    'AWS::IAM::Role',
    { RoleName: 'it', Path: '/service/', AssumeRolePolicyDocument: {} },
    /^it$/,
    { Arn: /^arn:aws:iam::000000000000:role\/service\/it$/, RoleId: /^AROA[A-Z2-7]{17}$/ },
  ],
  ['AWS::IAM::Policy', { PolicyName: 'it', PolicyDocument: {} }, /^it$/, { Id: /^it$/ }],
  [
    'AWS::IAM::ManagedPolicy',
    { PolicyDocument: {} },
    /^arn:aws:iam::000000000000:policy\/it-It-[A-Z0-9]{12}$/,
    { PolicyArn: /^arn:/ },
  ],
  [
    'AWS::Logs::LogGroup',
    { LogGroupName: '/aws/it', RetentionInDays: 7 },
    /^\/aws\/it$/,
    { Arn: /^arn:aws:logs:us-east-1:000000000000:log-group:\/aws\/it:\*$/ },
  ],
  ['AWS::Logs::QueryDefinition', { Name: 'it', QueryString: 'x' }, /^[0-9a-f-]{36}$/, {}],
  ['AWS::CloudWatch::Alarm', {}, /^it-It-/, { Arn: /:alarm:it-It-/ }],
  [
    'AWS::KMS::Key',
    {},
    /^[0-9a-f-]{36}$/,
    { Arn: /:key\/[0-9a-f-]{36}$/, KeyId: /^[0-9a-f-]{36}$/ },
  ],
  ['AWS::XRay::TransactionSearchConfig', {}, /^000000000000$/, { AccountId: /^0+$/ }],
  ['AWS::CDK::Metadata', { Analytics: 'v2:deflate64:x' }, /^it-It-/, {}],
]

test.for(RECORDED)('%s is recorded', async ([type, properties, ref, attributes]) => {
  await using world = await startResourceWorld()
  const made = await world.create(type, properties)
  expect(made.physicalId).toMatch(ref)
  for (const [name, pattern] of Object.entries(attributes)) {
    expect(made.attributes[name]).toMatch(pattern)
  }
  expect(world.type(type).withoutEffect).toMatch(/\w/)
  const changed = await world.update(made, { ...properties, Tags: [] })
  expect(changed).toMatchObject({ physicalId: made.physicalId, attributes: made.attributes })
  await world.delete(changed)
  await world.delete(changed)
})

test('what names a recorded resource replaces it when it changes', async () => {
  await using world = await startResourceWorld()
  const role = world.type('AWS::IAM::Role')
  expect(role.needsReplacement({ Path: '/' }, { Path: '/a/' })).toBe(true)
  expect(role.needsReplacement({ Description: 'a' }, { Description: 'b' })).toBe(false)
  const { attributes } = await world.create('AWS::IAM::Role', {})
  expect(attributes['Arn']).toMatch(new RegExp(`^arn:aws:iam::${ACCOUNT}:role/it-It-[A-Z0-9]{12}$`))
})

test('every type tells its properties, and every gap is about a type and a property of it', () => {
  const types = resourceTypes({ buckets: undefined as never })
  for (const { type, properties = [], required = [] } of types.values()) {
    expect(properties.length, type).toBeGreaterThan(0)
    expect(new Set(properties).size, type).toBe(properties.length)
    expect(properties, type).toEqual(expect.arrayContaining([...required]))
  }
  for (const [type, { ignored = {}, notServed = {} }] of RESOURCE_TYPE_GAPS) {
    const { properties } = types.get(type) ?? {}
    const paths = [...Object.keys(ignored), ...Object.keys(notServed)]
    for (const path of paths) expect(properties, type).toContain(/^\w+/.exec(path)?.[0])
  }
})

test('a name that its service would not take is refused before anything is made', () => {
  const role = resourceTypes({ buckets: undefined as never }).get('AWS::IAM::Role')
  expect(role?.check?.({ RoleName: 'a'.repeat(64) }, 'It')).toEqual([])
  expect(role?.check?.({ RoleName: UNKNOWN.repeat(20) }, 'It')).toEqual([])
  expect(role?.check?.({ RoleName: 'a'.repeat(65) }, 'It')).toEqual([
    expect.stringMatching(/at 'RoleName' failed .* length less than or equal to 64$/),
  ])
})

test('a build that nobody would do is refused before anything is made', () => {
  const project = resourceTypes({ buckets: undefined as never }).get('AWS::CodeBuild::Project')
  const check = (Source: JsonObject) => project?.check?.({ Source }, 'It')
  expect(check({ Type: 'NO_SOURCE', BuildSpec: 'curl "$responseURL"' })).toEqual([])
  expect(check({ Type: 'NO_SOURCE', BuildSpec: UNKNOWN })).toEqual([])
  expect(check({ Type: 'S3', Location: UNKNOWN })).toEqual([
    expect.stringMatching(/^no builds run on this host/),
  ])
})
