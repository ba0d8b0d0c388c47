// The resources of a template as the tree of constructs that the CDK made them from.
import { isObject } from '../cdk/read-json-file.ts'

export interface ConstructNode {
  readonly label: string
  /** Absent: a construct that only holds others. */
  readonly resource?: { readonly logicalId: string; readonly type: string }
  readonly children: readonly ConstructNode[]
}

interface GrowingNode {
  readonly label: string
  resource?: { readonly logicalId: string; readonly type: string }
  readonly children: Map<string, GrowingNode>
}

/** The tree, in the template's order; resources that no construct made stand at the top. */
export function constructTree(template: unknown, displayName: string): readonly ConstructNode[] {
  const root: GrowingNode = { label: '', children: new Map() }
  const resources = isObject(template) ? template['Resources'] : undefined
  for (const [logicalId, it] of Object.entries(isObject(resources) ? resources : {})) {
    if (!isObject(it)) continue
    const type = typeof it['Type'] === 'string' ? it['Type'] : ''
    let node = root
    for (const label of labelsOf(it['Metadata'], displayName) ?? [logicalId]) {
      let next = node.children.get(label)
      if (next === undefined) node.children.set(label, (next = { label, children: new Map() }))
      node = next
    }
    // two resources of one construct path: only in templates that nobody's CDK wrote
    if (node.resource === undefined) node.resource = { logicalId, type }
    else
      root.children.set(logicalId, {
        label: logicalId,
        resource: { logicalId, type },
        children: new Map(),
      })
  }
  return [...root.children.values()].map(settle)
}

/** `MyStack/Function/ServiceRole/Resource` → Function, ServiceRole. */
function labelsOf(metadata: unknown, displayName: string): readonly string[] | undefined {
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined
  if (typeof path !== 'string') return undefined
  const inside = path.startsWith(`${displayName}/`)
    ? path.slice(displayName.length + 1)
    : path.slice(path.indexOf('/') + 1)
  const labels = inside.split('/').filter((it) => it !== '')
  while (labels.length > 1 && OWN.has(labels.at(-1) ?? '')) labels.pop()
  return labels.length === 0 ? undefined : labels
}

/** What constructs call the resource that they are. */
const OWN = new Set(['Resource', 'Default'])

/** A construct that only holds one other is part of that one's name. */
function settle({ label, resource, children }: GrowingNode): ConstructNode {
  const settled = [...children.values()].map(settle)
  const [only] = settled
  if (resource === undefined && settled.length === 1 && only !== undefined) {
    return { ...only, label: `${label}/${only.label}` }
  }
  return { label, ...(resource && { resource }), children: settled }
}
