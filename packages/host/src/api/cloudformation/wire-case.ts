// The feature's views have CloudFormation's members with the first letter lowered. Raising it again is
// all there is between a view and an output; the compiler holds the result to the model.

export type Raised<Value> = Value extends Date
  ? Date
  : Value extends readonly (infer Item)[]
    ? readonly Raised<Item>[]
    : Value extends object
      ? { readonly [Name in keyof Value as Capitalize<Name & string>]: Raised<Value[Name]> }
      : Value

/** A view with its names, and those inside it, as CloudFormation writes them. */
export function raise<Value>(value: Value): Raised<Value> {
  return raiseAny(value) as Raised<Value>
}

function raiseAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(raiseAny)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      raiseAny(item),
    ]),
  )
}
