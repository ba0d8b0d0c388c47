// Pairs of templates for one stack, before and after an update, out of types of the memory cloud.
import fc from 'fast-check'

export interface UpdatePair {
  readonly before: Readonly<Record<string, object>>
  readonly after: Readonly<Record<string, object>>
  /** A call that fails on the way, as the memory cloud names it. */
  readonly failure: { readonly call: string; readonly how: 'half-made' | 'unmade' } | undefined
}

interface Node {
  readonly kind: 'Thing' | 'Stone' | 'Chameleon'
  readonly isThere: readonly [boolean, boolean]
  readonly values: readonly [number, number]
  readonly names: readonly [number, number]
  /** Which of the others it refers to, as far as the order of each template allows. */
  readonly refs: readonly [readonly number[], readonly number[]]
  readonly how: readonly ['Ref' | 'GetAtt' | 'DependsOn', 'Ref' | 'GetAtt' | 'DependsOn']
}

const MAX_NODES = 7

const reference = fc.constantFrom('Ref', 'GetAtt', 'DependsOn')
const refs = fc.uniqueArray(fc.nat({ max: MAX_NODES - 1 }), { maxLength: 3 })
const small = fc.nat({ max: 2 })

const node: fc.Arbitrary<Node> = fc
  .record({
    kind: fc.constantFrom('Thing', 'Thing', 'Stone', 'Chameleon'),
    isThere: fc.constantFrom([true, true], [true, true], [true, false], [false, true]),
    values: fc.tuple(small, small),
    // 0: the engine makes a name; others are names of the template, which two may want to swap
    names: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })),
    refs: fc.tuple(refs, refs),
    how: fc.tuple(reference, reference),
  })
  .map((made) => made as Node)

/** Resources added, changed, replaced and removed, references turned around, and something that fails. */
export const updatePair: fc.Arbitrary<UpdatePair> = fc
  .record({
    nodes: fc.array(node, { minLength: 2, maxLength: MAX_NODES }),
    orders: fc.tuple(order(), order()),
    failure: fc.option(
      fc.record({
        verb: fc.constantFrom('create', 'update'),
        node: fc.nat({ max: MAX_NODES - 1 }),
        how: fc.constantFrom('half-made', 'unmade'),
      }),
      { nil: undefined },
    ),
  })
  .map(({ nodes, orders, failure }) => ({
    before: write(nodes, orders[0], 0),
    after: write(nodes, orders[1], 1),
    failure: failure && { call: `${failure.verb} R${failure.node}`, how: failure.how as 'unmade' },
  }))
  .filter(({ before, after }) => Object.keys(before).length > 0 && Object.keys(after).length > 0)

function order(): fc.Arbitrary<number[]> {
  const all = Array.from({ length: MAX_NODES }, (_, index) => index)
  return fc.shuffledSubarray(all, { minLength: MAX_NODES })
}

function write(
  nodes: readonly Node[],
  ranks: readonly number[],
  side: 0 | 1,
): Record<string, object> {
  const rankOf = (index: number) => ranks.indexOf(index)
  const taken = new Set<number>()
  return Object.fromEntries(
    nodes.flatMap(({ kind, isThere, values, names, refs: wanted, how }, index) => {
      if (!isThere[side]) return []
      const needs = wanted[side]
        .filter((other) => rankOf(other) < rankOf(index) && nodes[other]?.isThere[side] === true)
        .map((other) => `R${other}`)
      const name = names[side]
      const isNamed = kind === 'Thing' && name > 0 && !taken.has(name)
      if (isNamed) taken.add(name)
      return [[`R${index}`, writeNode(kind, values[side], needs, how[side], isNamed ? name : 0)]]
    }),
  )
}

function writeNode(
  kind: Node['kind'],
  value: number,
  needs: readonly string[],
  how: Node['how'][0],
  name: number,
): object {
  const Type = `Test::Cloud::${kind}`
  if (kind === 'Chameleon') return { Type, Properties: { Color: value }, DependsOn: needs }
  const named = name === 0 ? {} : { Name: `name-${name}` }
  const Value = `v${value}`
  if (how === 'DependsOn') return { Type, Properties: { ...named, Value }, DependsOn: needs }
  const List = needs.map((id) => (how === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] }))
  return { Type, Properties: { ...named, Value, List } }
}
