import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { hasDynamicReferences, resolveDynamicReferences } from './dynamic-references.ts'

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf'

/** Says what it was asked for. */
function resolve(value: Json): Promise<Json> {
  return resolveDynamicReferences(value, {
    readParameter: async (name) => (name === 'none' ? undefined : `<${name}>`),
    async readSecret({ secretId, versionStage, versionId }) {
      if (secretId === 'text') return 'no json'
      return JSON.stringify({ password: [secretId, versionStage, versionId].join(), port: 5432 })
    },
  })
}

it.each<[string, string]>([
  ['{{resolve:ssm:/a/b}}', '</a/b>'],
  ['{{resolve:ssm:/a/b:3}}', '</a/b:3>'],
  ['{{resolve:ssm-secure:a:}} and {{resolve:ssm:b}}', '<a> and <b>'],
  [
    '{{resolve:ssm:arn:aws:ssm:us-east-1:123456789012:parameter/a/b:3}}',
    '<arn:aws:ssm:us-east-1:123456789012:parameter/a/b:3>',
  ],
  ['{{resolve:secretsmanager:text}}', 'no json'],
  ['{{resolve:secretsmanager:db:SecretString:password::}}', 'db,,'],
  ['{{resolve:secretsmanager:db:SecretString:password:AWSPREVIOUS:}}', 'db,AWSPREVIOUS,'],
  [`{{resolve:secretsmanager:${ARN}:SecretString:password::v1}}`, `${ARN},,v1`],
  ['{{resolve:secretsmanager:db:SecretString:port}}', '5432'],
  [
    `postgres://u:{{resolve:secretsmanager:${ARN}:SecretString:password}}@h`,
    `postgres://u:${ARN},,@h`,
  ],
  ['{{resolve}} {{other:x}} {{resolve:', '{{resolve}} {{other:x}} {{resolve:'],
])('%s', async (text, expected) => {
  expect(await resolve({ a: [text, 1] })).toEqual({ a: [expected, 1] })
})

describe('is refused', () => {
  it.each<[string, string]>([
    ['{{resolve:ssm:none}}', 'there is no such value'],
    ['{{resolve:ssm:a:latest}}', 'Incorrect format is used in the following SSM reference'],
    ['{{resolve:s3:a}}', 'Incorrect format is used in the following dynamic reference'],
    ['{{resolve:secretsmanager:db:SecretBinary}}', 'Incorrect format is used'],
    ['{{resolve:secretsmanager:text:SecretString:a}}', 'Could not parse SecretString JSON'],
    [
      '{{resolve:secretsmanager:db:SecretString:toString}}',
      'Could not find a value associated with JSONKey',
    ],
    [
      Array.from({ length: 61 }, (_, index) => `{{resolve:ssm:p${index}}}`).join(''),
      '61 dynamic references',
    ],
  ])('%s: %s', async (text, message) => {
    await expect(resolve(text)).rejects.toThrow(message)
  })
})

it('what a reference gives is not looked into again', async () => {
  const text = '{{resolve:ssm:x}}'
  const sources = { readParameter: async () => text, readSecret: async () => text }
  expect(await resolveDynamicReferences([text], sources)).toEqual([text])
  expect([hasDynamicReferences({ a: text }), hasDynamicReferences(['a'])]).toEqual([true, false])
})
