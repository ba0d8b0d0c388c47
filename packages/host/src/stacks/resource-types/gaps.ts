/** What this host does not do about the properties of a type. Absent: it does all of them. */
export interface Gaps {
  /** Properties without an effect here, and why; the operations never see them. */
  readonly ignored?: Sentences
  /** Properties that are refused, and why: `TargetConfiguration/Mcp/OpenApiSchema`, or `Type=Value`. */
  readonly notServed?: Sentences
}

type Sentences = Readonly<Record<string, string>>

/** The properties that gaps are about. */
export function propertiesOf({ ignored, notServed }: Gaps): readonly string[] {
  const paths = Object.keys({ ...ignored, ...notServed })
  return [...new Set(paths.map((path) => /^\w+/.exec(path)?.[0] ?? path))]
}
