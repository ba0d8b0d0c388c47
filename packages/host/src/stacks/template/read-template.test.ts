import { describe, expect, it } from 'vitest'
import { readTemplate } from './read-template.ts'

const resources = { A: { Type: 'AWS::CDK::Metadata' } }

it('gives every section its shape', () => {
  const text = JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'd',
    Transform: 'AWS::LanguageExtensions',
    Parameters: {
      P: { Type: 'Number', Default: 3, AllowedValues: [3, 4], NoEcho: 'true', MaxValue: '9' },
    },
    Mappings: { M: { 'us-east-1': { x: 1, y: ['a'] } } },
    Conditions: { C: { 'Fn::Equals': [1, 1] } },
    Resources: {
      A: {
        Type: 'Custom::Thing@x_y',
        Properties: { b: 1 },
        DependsOn: 'constructor',
        Condition: 'C',
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
        UpdatePolicy: { a: 1 },
        Metadata: { m: 1 },
      },
      constructor: { Type: 'AWS::S3::Bucket' },
    },
    Outputs: { O: { Value: 1, Description: 'o', Condition: 'C', Export: { Name: { Ref: 'P' } } } },
  })
  const template = readTemplate(text)
  expect(template).toMatchObject({
    text,
    description: 'd',
    transforms: ['AWS::LanguageExtensions'],
    parameters: {
      P: { type: 'Number', default: '3', allowedValues: ['3', '4'], noEcho: true, maxValue: 9 },
    },
    mappings: { M: { 'us-east-1': { x: 1, y: ['a'] } } },
    resources: {
      A: {
        type: 'Custom::Thing@x_y',
        properties: { b: 1 },
        dependsOn: ['constructor'],
        condition: 'C',
        deletionPolicy: 'RetainExceptOnCreate',
        updateReplacePolicy: 'Retain',
        updatePolicy: { a: 1 },
        metadata: { m: 1 },
      },
    },
    outputs: { O: { value: 1, description: 'o', condition: 'C', exportName: { Ref: 'P' } } },
  })
  expect(template.resources['constructor']?.type).toBe('AWS::S3::Bucket')
  expect(template.outputs['constructor']).toBeUndefined()
})

describe('a template is refused', () => {
  it.each<[string, object | string]>([
    ['unsupported structure', 'just words'],
    ['unsupported structure', ''],
    ['At least one Resources member must be defined', {}],
    ['At least one Resources member must be defined', { Resources: {} }],
    ['Resources must be an object', { Resources: [] }],
    [
      'Invalid template property or properties [Foo, Bar]',
      { Resources: resources, Foo: 1, Bar: 2 },
    ],
    [
      'AWSTemplateFormatVersion must be 2010-09-09',
      { AWSTemplateFormatVersion: '2011', Resources: resources },
    ],
    [
      "'Description' length is greater than 1024",
      { Description: 'é'.repeat(600), Resources: resources },
    ],
    [
      'The transform AWS::Serverless-2016-10-31 is not supported',
      { Transform: 'AWS::Serverless-2016-10-31', Resources: resources },
    ],
    ['Resource name A-B is non alphanumeric', { Resources: { 'A-B': { Type: 'A::B::C' } } }],
    ['Fn::ForEach::Loop in Resources is not supported', { Resources: { 'Fn::ForEach::Loop': [] } }],
    ['Any Resources member must be an object', { Resources: { A: 1 } }],
    ['Every Resources object must contain a Type member', { Resources: { A: {} } }],
    ['Unrecognized resource type: nonsense', { Resources: { A: { Type: 'nonsense' } } }],
    ["Invalid template resource property 'Foo'", { Resources: { A: { Type: 'A::B::C', Foo: 1 } } }],
    ['Properties must be an object', { Resources: { A: { Type: 'A::B::C', Properties: [] } } }],
    ['DependsOn of A must be a string', { Resources: { A: { Type: 'A::B::C', DependsOn: [1] } } }],
    [
      'Unrecognized DeletionPolicy "Keep" for resource A',
      { Resources: { A: { Type: 'A::B::C', DeletionPolicy: 'Keep' } } },
    ],
    [
      'Unrecognized UpdateReplacePolicy',
      { Resources: { A: { Type: 'A::B::C', UpdateReplacePolicy: 'RetainExceptOnCreate' } } },
    ],
    [
      'Unrecognized parameter type: Text',
      { Parameters: { P: { Type: 'Text' } }, Resources: resources },
    ],
    [
      'Every Parameters object must contain a Type member',
      { Parameters: { P: {} }, Resources: resources },
    ],
    [
      'Every Default member must be a string',
      { Parameters: { P: { Type: 'String', Default: { Ref: 'x' } } }, Resources: resources },
    ],
    ['Every Mappings member', { Mappings: { M: { a: 1 } }, Resources: resources }],
    [
      'must be a String or a List',
      { Mappings: { M: { a: { b: { c: 1 } } } }, Resources: resources },
    ],
    ['must contain a Value object; O does not', { Outputs: { O: {} }, Resources: resources }],
    ['Export of the output O', { Outputs: { O: { Value: 1, Export: 'x' } }, Resources: resources }],
    [
      'Number of resources, 501, is greater than maximum allowed, 500',
      {
        Resources: Object.fromEntries(
          Array.from({ length: 501 }, (_, index) => [`R${index}`, resources.A]),
        ),
      },
    ],
  ])('%s', (message, template) => {
    const text = typeof template === 'string' ? template : JSON.stringify(template)
    expect(() => readTemplate(text)).toThrow(message)
  })
})
