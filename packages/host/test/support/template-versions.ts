// Templates for one stack, one after the other, out of types of the memory cloud: resources are added,
// changed, replaced and removed, references turn around, and something fails on the way.
import fc from 'fast-check'

export interface TemplateVersion {
  readonly resources: Readonly<Record<string, object>>
  /** A call that fails on the way to this version, as the memory cloud names it. */
  readonly failure: { readonly call: string; readonly how: 'half-made' | 'unmade' } | undefined
  readonly disableRollback: boolean
}

type Kind = 'Thing' | 'Stone' | 'Chameleon'
type How = 'Ref' | 'GetAtt' | 'DependsOn'

/** A resource in one version. */
interface Node {
  readonly isThere: boolean
  readonly value: number
  /** 0: the engine makes a name; others are names of the template, which two may want to swap. */
  readonly name: number
  /** Which of the others it refers to, as far as the order of the version allows. */
  readonly refs: readonly number[]
  readonly how: How
}

const NODES = 7
const indexes = Array.from({ length: NODES }, (_, index) => index)

const kind: fc.Arbitrary<Kind> = fc.constantFrom('Thing', 'Thing', 'Stone', 'Chameleon')
const how: fc.Arbitrary<How> = fc.constantFrom('Ref', 'GetAtt', 'DependsOn')

const node: fc.Arbitrary<Node> = fc.record({
  isThere: fc.constantFrom(true, true, true, false),
  value: fc.nat({ max: 2 }),
  name: fc.nat({ max: 3 }),
  refs: fc.uniqueArray(fc.constantFrom(...indexes), { maxLength: 3 }),
  how,
})

const failureHow: fc.Arbitrary<'half-made' | 'unmade'> = fc.constantFrom('half-made', 'unmade')
const failure = fc
  .record({ verb: fc.constantFrom('create', 'update'), node: fc.nat(NODES - 1), how: failureHow })
  .map((made) => ({ call: `${made.verb} R${made.node}`, how: made.how }))

const version = fc.record({
  nodes: fc.array(node, { minLength: NODES, maxLength: NODES }),
  order: fc.shuffledSubarray(indexes, { minLength: NODES }),
  failure: fc.option(failure, { nil: undefined }),
  disableRollback: fc.boolean(),
})

/** Versions of one template: a resource is of the same type in all of them. */
export function templateVersions(
  minLength: number,
  maxLength: number,
): fc.Arbitrary<TemplateVersion[]> {
  return fc
    .record({
      kinds: fc.array(kind, { minLength: 2, maxLength: NODES }),
      versions: fc.array(version, { minLength, maxLength }),
    })
    .map(({ kinds, versions }) =>
      versions.map(({ nodes, order, ...rest }) => ({
        ...rest,
        resources: writeResources(kinds, nodes, order),
      })),
    )
    .filter((all) => all.every(({ resources }) => Object.keys(resources).length > 0))
}

function writeResources(
  kinds: readonly Kind[],
  nodes: readonly Node[],
  order: readonly number[],
): Record<string, object> {
  const isThere = (index: number) => index < kinds.length && nodes[index]?.isThere === true
  const taken = new Set<number>()
  return Object.fromEntries(
    kinds.flatMap((each, index) => {
      const made = nodes[index]
      if (made === undefined || !isThere(index)) return []
      const needs = made.refs
        .filter((other) => order.indexOf(other) < order.indexOf(index) && isThere(other))
        .map((other) => `R${other}`)
      const isNamed = each === 'Thing' && !taken.has(made.name)
      if (isNamed) taken.add(made.name)
      return [[`R${index}`, writeNode(each, made, needs, isNamed ? made.name : 0)]]
    }),
  )
}

function writeNode(each: Kind, { value, how }: Node, needs: readonly string[], name: number) {
  const Type = `Test::Cloud::${each}`
  if (each === 'Chameleon') return { Type, Properties: { Color: value }, DependsOn: needs }
  const named = name === 0 ? {} : { Name: `name-${name}` }
  const Value = `v${value}`
  if (how === 'DependsOn') return { Type, Properties: { ...named, Value }, DependsOn: needs }
  const List = needs.map((id) => (how === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] }))
  return { Type, Properties: { ...named, Value, List } }
}
