/** A piece of the text of `Fn::Sub`: as it is, or a variable's name. */
export type SubPart = { readonly text: string } | { readonly variable: string }

/** Splits at `${Name}`; `${!Name}` stands for the text `${Name}` itself. */
export function splitSub(text: string): readonly SubPart[] {
  const parts: SubPart[] = []
  let rest = 0
  while (rest < text.length) {
    const open = text.indexOf('${', rest)
    const close = open < 0 ? -1 : text.indexOf('}', open)
    if (close < 0) break
    if (open > rest) parts.push({ text: text.slice(rest, open) })
    const inside = text.slice(open + 2, close)
    parts.push(inside.startsWith('!') ? { text: `\${${inside.slice(1)}}` } : { variable: inside })
    rest = close + 1
  }
  if (rest < text.length) parts.push({ text: text.slice(rest) })
  return parts
}

/** The names of the variables, as they are written. */
export function subVariables(text: string): readonly string[] {
  return splitSub(text).flatMap((part) => ('variable' in part ? [part.variable] : []))
}
