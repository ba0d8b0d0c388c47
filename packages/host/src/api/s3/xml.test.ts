import fc from 'fast-check'
import { test } from 'vitest'
import { AwsFault } from '../../aws/aws-fault.ts'
import { childrenOf, childText, readXml } from './read-xml.ts'
import { writeErrorXml, writeXml } from './write-xml.ts'

test('a document is read: attributes passed over, entities resolved', ({ expect }) => {
  const document = readXml(
    `\uFEFF<?xml version="1.0"?>
     <!-- what to delete -->
     <ns:Delete xmlns:ns='http://s3.amazonaws.com/doc/2006-03-01/'>
       <Object><Key>a &amp; &#98;&#x63;<![CDATA[ <d> ]]></Key></Object>
       <Object ><Key/></Object>
       <Quiet> true </Quiet>
     </ns:Delete>
    `,
    'Delete',
  )
  expect(childText(document, 'Quiet')).toBe('true')
  const keys = childrenOf(document, 'Object').map((object) => childText(object, 'Key'))
  expect(keys).toEqual(['a & bc <d>', ''])
})

test.for([
  '',
  'text',
  '<Delete>',
  '</Delete>',
  '<Delete></Delte>',
  '<Other/>',
  '<Delete/><Delete/>',
  '<Delete>&unknown;</Delete>',
  '<Delete>&</Delete>',
  '<Delete>&#x110000;</Delete>',
  '<Delete attribute=unquoted/>',
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Delete>&a;</Delete>',
  `${'<Delete>'.repeat(20)}${'</Delete>'.repeat(20)}`,
])('%s is malformed', (text, { expect }) => {
  expect(() => readXml(text, 'Delete')).toThrow(AwsFault)
})

test('what is written is read back unchanged', ({ expect }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const read = readXml(writeXml('Result', { Key: text, Gone: undefined }), 'Result')
      expect(read.children).toEqual([{ name: 'Key', children: [], text }])
    }),
  )
})

test('no text makes the reader throw anything but a refusal, or wait', ({ expect }) => {
  const piece = fc.oneof(
    fc.constantFrom('<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '&', ';', '="', '<a>'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      try {
        readXml(pieces.join(''), 'a')
      } catch (error) {
        expect(error).toBeInstanceOf(AwsFault)
      }
    }),
  )
  for (const evil of [
    '<a '.repeat(50_000),
    '<!--'.repeat(50_000),
    `<a ${'b="c" '.repeat(50_000)}`,
  ]) {
    expect(() => readXml(evil, 'a')).toThrow(AwsFault)
  }
})

test('lists repeat their element, dates and flags are texts', ({ expect }) => {
  const content = { Part: [{ Number: 1 }, { Number: 2 }], At: new Date(0), Is: false, None: [] }
  expect(writeXml('Parts', content)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Parts xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Part><Number>1</Number></Part><Part><Number>2</Number></Part><At>1970-01-01T00:00:00.000Z</At><Is>false</Is></Parts>',
  )
  expect(writeErrorXml({ Code: 'No', Message: 'a\r<b' })).toContain(
    '<Error><Code>No</Code><Message>a&#13;&lt;b</Message></Error>',
  )
})
