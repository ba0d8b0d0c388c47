// Which operation a path and a method ask for (Smithy, `http` trait). Paths stay percent-encoded
// until a label has been cut out of them: an ARN in a label carries `%2F`, which is no separator.
// A trailing slash is accepted whether or not the model has one; clients differ.

/** The part of an operation that routing looks at. */
export interface RoutedOperation {
  readonly name: string
  readonly method: string
  readonly path: string
}

export interface FoundRoute {
  /** Undefined: the path exists, and not with this method. */
  readonly operation: string | undefined
  /** By label, still percent-encoded. */
  readonly labels: Readonly<Record<string, string>>
}

interface Node {
  readonly literals: Map<string, Node>
  label: Node | undefined
  /** By method: the operation and the names of the labels on the way. */
  readonly operations: Map<string, { readonly name: string; readonly labels: readonly string[] }>
}

/** A router for the operations of one service. A literal segment beats a label. */
export function compileRoutes(
  operations: readonly RoutedOperation[],
): (method: string, rawPath: string) => FoundRoute | undefined {
  const root = createNode()
  for (const { name, method, path } of operations) {
    const labels: string[] = []
    let node = root
    for (const segment of splitPath(path)) {
      const label = /^\{([^}+]+)\+?\}$/.exec(segment)?.[1]
      if (label === undefined) {
        let next = node.literals.get(segment)
        if (next === undefined) node.literals.set(segment, (next = createNode()))
        node = next
      } else {
        labels.push(label)
        node = node.label ??= createNode()
      }
    }
    node.operations.set(method, { name, labels })
  }

  return (method, rawPath) => {
    const segments = splitPath(rawPath)
    if (segments.length > MAX_SEGMENTS) return undefined
    const values: string[] = []
    const found = findNode(root, segments, 0, method, values)?.operations.get(method)
    if (found !== undefined) {
      const labels = found.labels.map((label, index) => [label, values[index] ?? ''] as const)
      return { operation: found.name, labels: Object.fromEntries(labels) }
    }
    const exists = findNode(root, segments, 0, undefined, []) !== undefined
    return exists ? { operation: undefined, labels: {} } : undefined
  }
}

/** More than any operation has; longer paths are not worth walking. */
const MAX_SEGMENTS = 16

function createNode(): Node {
  return { literals: new Map(), label: undefined, operations: new Map() }
}

function splitPath(path: string): string[] {
  const end = path.length > 1 && path.endsWith('/') ? -1 : undefined
  return path.slice(1, end).split('/')
}

/** A label is never empty: `/gateways//targets/` names no gateway. */
function findNode(
  node: Node,
  segments: readonly string[],
  index: number,
  method: string | undefined,
  values: string[],
): Node | undefined {
  const segment = segments[index]
  if (segment === undefined) {
    const isServed = method === undefined ? node.operations.size > 0 : node.operations.has(method)
    return isServed ? node : undefined
  }
  const literal = node.literals.get(segment)
  const found = literal && findNode(literal, segments, index + 1, method, values)
  if (found !== undefined || node.label === undefined || segment === '') return found
  values.push(segment)
  const labelled = findNode(node.label, segments, index + 1, method, values)
  if (labelled === undefined) values.pop()
  return labelled
}
