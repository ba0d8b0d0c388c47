import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Json } from '../json.ts'
import { parseTemplateText } from './template-text.ts'

const MEGABYTE = 1_048_576

describe('JSON', () => {
  it('is read, and a mistake is told with its place', () => {
    expect(parseTemplateText('{"a": [1, "x", true]}')).toEqual({ a: [1, 'x', true] })
    expect(() => parseTemplateText('{"a": 1,\n  "b": 1x}')).toThrow(
      'Template format error: JSON not well-formed. (line 2, column 9)',
    )
  })

  it.each([
    ['null', '{"a": {"b": null}}', "[/a/b] 'null' values are not allowed in templates"],
    ['depth', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, 'nests deeper than 100'],
    ['size', `{"a": "${'x'.repeat(MEGABYTE)}"}`, 'may not exceed 1048576 bytes'],
    ['NUL', '{"a": "\\u0000unknown"}', 'U+0000'],
    ['NUL in a key', '{"\\u0000": 1}', 'U+0000'],
    ['__proto__', '{"a": {"__proto__": {"b": 1}}}', '__proto__ cannot be a key'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseTemplateText(text)).toThrow(message)
  })
})

describe('YAML', () => {
  it('has a tag for each function', () => {
    const text = `
a: !Ref X
b: !GetAtt X.Outputs.Y
c: !GetAtt [X, Y]
d: !Sub "\${X}"
e: !Join ['', [a, !Ref B]]
f: !If [C, !Ref "AWS::NoValue", 1]
g: !Not [!Condition C]
h: !Base64
  Fn::Sub: x
i: !GetAtt NoDot
`
    expect(parseTemplateText(text)).toEqual({
      a: { Ref: 'X' },
      b: { 'Fn::GetAtt': ['X', 'Outputs.Y'] },
      c: { 'Fn::GetAtt': ['X', 'Y'] },
      // oxlint-disable-next-line no-template-curly-in-string -- what Fn::Sub replaces
      d: { 'Fn::Sub': '${X}' },
      e: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] },
      f: { 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, 1] },
      g: { 'Fn::Not': [{ Condition: 'C' }] },
      h: { 'Fn::Base64': { 'Fn::Sub': 'x' } },
      i: { 'Fn::GetAtt': 'NoDot' },
    })
  })

  it('keeps what a number or a date would lose', () => {
    const text = `[2012-10-17, 010, 1.10, 012345678901, 12:30, 1e3, 0x1f, 123456789012, -5, 1.5, '7', "yes", ~x]`
    expect(parseTemplateText(`a: ${text}`)).toEqual({
      a: [
        '2012-10-17',
        '010',
        '1.10',
        '012345678901',
        '12:30',
        '1e3',
        '0x1f',
        123456789012,
        -5,
        1.5,
        '7',
        'yes',
        '~x',
      ],
    })
  })

  it('knows the truth values of YAML 1.1', () => {
    expect(parseTemplateText('[yes, No, ON, off, true, FALSE, y, n]')).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      'y',
      'n',
    ])
  })

  it('follows anchors', () => {
    expect(parseTemplateText('a: &x [1, &y z]\nb: *x\nc: *y')).toEqual({
      a: [1, 'z'],
      b: [1, 'z'],
      c: 'z',
    })
  })

  it.each([
    ['an empty value', 'a:\n  b:\n', "[/a/b] 'null' values"],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2', 'Duplicate key "c" (line 4, column 3)'],
    ['an unknown tag', 'a: !Foo b', 'Unknown tag !Foo (line 1, column 9)'],
    ['a merge', 'a: &a {x: 1}\nb:\n  <<: *a', 'Merges of maps (<<) are not supported'],
    ['an anchor that is not there', 'a: *b', 'No anchor b (line 1, column 4)'],
    ['two documents', 'a: 1\n---\nb: 1', 'YAML not well-formed'],
    ['a wrong place', 'a: b: c', 'YAML not well-formed. (line 1, column'],
    ['an alias of what it stands in', 'a: &a [*a]', 'an alias names itself'],
    ['brackets that never close', ' ['.repeat(400_000), 'YAML not well-formed'],
    ['anchors upon anchors', '&a '.repeat(300_000), 'YAML not well-formed'],
    ['blocks in blocks', `a:\n${blocks(1_400)}`, 'YAML not well-formed'],
    ['a great many lines', '\n'.repeat(MEGABYTE), 'YAML not well-formed'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseTemplateText(text)).toThrow(message)
  })

  it('refuses a billion laughs, in words and in length', () => {
    const letters = 'abcdefghij'.split('')
    const lines = letters.slice(1).map((letter, index) => {
      const laughs = Array<string>(9).fill(`*${letters[index]}`)
      return `${letter}: &${letter} [${laughs.join()}]`
    })
    const words = ['a: &a [x,x,x,x,x,x,x,x,x]', ...lines].join('\n')
    const long = `a: &a ${'x'.repeat(100_000)}\nb: [${Array<string>(1_000).fill('*a').join()}]`
    for (const text of [words, long]) {
      expect(() => parseTemplateText(text)).toThrow('Aliases make the template too large')
    }
  })

  it('means the same as JSON', () => {
    const text = fc.stringMatching(/^[\w .:${}[\]!&*#'"%@-]{1,12}$/)
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[A-Za-z][\w:]{0,8}$/), tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z]\w{0,5}$/), value), (template) => {
        fc.pre(Object.keys(template).length > 0)
        // Quoted: plain words are YAML 1.1 here, which its writer does not know.
        const yaml = stringify(template, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 40 })
        expect(parseTemplateText(yaml)).toEqual(parseTemplateText(JSON.stringify(template)))
      }),
    )
  })
})

function blocks(depth: number): string {
  return Array.from({ length: depth }, (_, index) => `${' '.repeat(index + 1)}a:`).join('\n')
}
