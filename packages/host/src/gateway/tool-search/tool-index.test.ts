import fc from 'fast-check'
import { test } from 'vitest'
import type { Tool } from '../tool.ts'
import { schemaTexts } from './schema-texts.ts'
import { readTerms } from './terms.ts'
import { createToolIndex } from './tool-index.ts'

const tool = (name: string, description: string, inputSchema: object = {}): Tool => ({
  name,
  description,
  inputSchema: { type: 'object', ...inputSchema },
})

const TOOLS = [
  tool('weather___getForecast', 'Tells what the sky will be like', {
    properties: { city_name: { type: 'string', description: 'Where to look' } },
  }),
  tool('files___delete_file', 'Removes something from the disk'),
  tool('files___copy_file', 'Copies something to another folder'),
  tool('hotel___book', 'ホテルを予約します'),
  tool('train___timetable', '電車の時刻表を調べる'),
]

test.for<[query: string, best: string]>([
  ['forecasts', 'weather___getForecast'],
  ['the sky tomorrow', 'weather___getForecast'],
  ['of which cities is it known', 'weather___getForecast'],
  ['deleting files', 'files___delete_file'],
  ['copied into a folder', 'files___copy_file'],
  ['ホテルの予約', 'hotel___book'],
  ['電車は何時に来ますか', 'train___timetable'],
  ['TIMETABLE', 'train___timetable'],
])('%s finds %s', async ([query, best], { expect }) => {
  const index = await createToolIndex(TOOLS)
  const [position = -1] = index.search(query, 10)
  expect(TOOLS[position]?.name).toBe(best)
})

test('a name counts more than a description', async ({ expect }) => {
  const index = await createToolIndex([
    tool('a___note', 'Can be paid by invoice'),
    tool('a___invoice', 'Writes one'),
  ])
  expect(index.search('invoice', 10)).toEqual([1, 0])
})

test('equally good tools stand in the order of the list', async ({ expect }) => {
  const index = await createToolIndex([1, 2, 3].map(() => tool('a___pay', 'Pays')))
  expect(index.search('pay', 2)).toEqual([0, 1])
})

test('nothing is found among nothing, and by words that say nothing', async ({ expect }) => {
  expect((await createToolIndex([])).search('anything', 10)).toEqual([])
  expect((await createToolIndex(TOOLS)).search('can you please help me', 10)).toEqual([])
})

test.for([
  ['getHTTPResponse_v2', ['http', 'respons', 'v', '2']],
  ['snake_case-and kebab', ['snak', 'cas', 'kebab']],
  ['ＷＩＤＥ width', ['wid', 'width']],
])('%j is read as %j', ([text, terms], { expect }) => {
  expect(readTerms(String(text))).toEqual(terms)
})

test('no text and no schema makes the reader throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readTerms(text)))
  fc.assert(fc.property(fc.jsonValue(), (schema) => void schemaTexts([schema])))
})
