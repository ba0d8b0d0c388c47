// YAML as CloudFormation reads it: YAML 1.1 without its dates, numbers in base 60 and merges of maps, and
// with a tag for each function. Scalars are resolved here, so that `010` and `1.10` stay what was written.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { HostError } from '../../kernel/host-error.ts'
import type { Json } from '../json.ts'
import { checkYamlTokens } from './yaml-tokens.ts'
import { callOfTag } from './yaml-tags.ts'

/** What aliases may make of a template, in characters: not much more than could have been written. */
const MAX_SIZE = 2_000_000
const MAX_DEPTH = 200

export function parseYaml(text: string): Json {
  checkYamlTokens(text)
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    version: '1.1',
    lineCounter,
    uniqueKeys: false, // quadratic; done below
    logLevel: 'error',
    prettyErrors: false,
  })
  const [problem] = document.errors
  if (problem !== undefined) {
    const { line, col } = lineCounter.linePos(problem.pos[0])
    throw refuse(`YAML not well-formed. (line ${line}, column ${col})`, problem)
  }
  const reader = { lineCounter, anchors: new Map<string, Node>(), size: 0 }
  return document.contents === null ? '' : readNode(document.contents, reader, 0)
}

interface Reader {
  readonly lineCounter: LineCounter
  /** Those that stood before; the library would look for each from the start. */
  readonly anchors: Map<string, Node>
  size: number
}

function readNode(node: unknown, reader: Reader, depth: number): Json {
  reader.size += 1 + (isScalar(node) ? textOf(node).length : 0)
  if (reader.size > MAX_SIZE) throw refuse('Aliases make the template too large')
  if (depth > MAX_DEPTH) throw refuse('The template nests too deeply, or an alias names itself')
  if (isAlias(node)) {
    const target = reader.anchors.get(node.source)
    if (target === undefined) throw refuse(`No anchor ${node.source}${placeOf(node, reader)}`)
    return readNode(target, reader, depth + 1)
  }
  if (isNode(node) && node.anchor !== undefined) reader.anchors.set(node.anchor, node)
  const value = readUntagged(node, reader, depth)
  const tag = isNode(node) ? node.tag : undefined
  if (tag === undefined || tag.startsWith('tag:yaml.org,2002:') || tag === '!') return value
  const call = callOfTag(tag, value)
  if (call === undefined) throw refuse(`Unknown tag ${tag}${placeOf(node, reader)}`)
  return call
}

function readUntagged(node: unknown, reader: Reader, depth: number): Json {
  if (isSeq(node)) return node.items.map((item) => readNode(item, reader, depth + 1))
  if (isMap(node)) {
    const members = new Map<string, Json>()
    for (const { key, value } of node.items) {
      if (!isScalar(key)) throw refuse(`A key is not a text${placeOf(node, reader)}`)
      const name = textOf(key)
      reader.size += name.length
      if (members.has(name))
        throw refuse(`Duplicate key ${JSON.stringify(name)}${placeOf(key, reader)}`)
      if (name === '<<' && key.type === 'PLAIN') {
        throw refuse(`Merges of maps (<<) are not supported${placeOf(key, reader)}`)
      }
      members.set(name, value === null ? null : readNode(value, reader, depth + 1))
    }
    return Object.fromEntries(members)
  }
  if (!isScalar(node)) return null
  const text = textOf(node)
  const isText = node.type !== 'PLAIN' || node.tag === '!' || node.tag === 'tag:yaml.org,2002:str'
  return isText ? text : readPlain(text)
}

/** In the failsafe schema every scalar is one. */
function textOf({ value }: Scalar): string {
  return typeof value === 'string' ? value : ''
}

/** A number that would not be written back as it was stays a text. */
function readPlain(text: string): Json {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null
  if (/^(?:true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true
  if (/^(?:false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false
  if (/^-?\d[\d.]*$/.test(text) && String(Number(text)) === text) return Number(text)
  return text
}

function isNode(node: unknown): node is Scalar | YAMLMap | YAMLSeq {
  return isScalar(node) || isMap(node) || isSeq(node)
}

function placeOf(node: unknown, { lineCounter }: Reader): string {
  const range = isNode(node) || isAlias(node) ? node.range : undefined
  if (!range) return ''
  const { line, col } = lineCounter.linePos(range[0])
  return ` (line ${line}, column ${col})`
}

function refuse(message: string, cause?: unknown): HostError {
  return new HostError('ERR_INVALID_INPUT', `Template format error: ${message}`, { cause })
}
