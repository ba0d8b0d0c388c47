// A shell's words and variables, as far as Dockerfiles need them. Nothing is run to find out.

/**
 * A command line taken apart at `&&` and `;`; undefined for anything that only a shell can do. What is
 * written to a file goes, with the file: nobody reads it, and `pip install name>=1` means `name` to a shell.
 */
export function splitCommands(
  text: string,
  variables: ReadonlyMap<string, string>,
): readonly (readonly string[])[] | undefined {
  const commands: string[][] = [[]]
  let word: string | undefined
  let isTarget = false
  const end = () => {
    if (word === undefined) return
    if (!isTarget) commands.at(-1)?.push(word)
    isTarget = false
    word = undefined
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === "'") {
      const close = text.indexOf("'", at + 1)
      if (close < 0) return undefined
      word = (word ?? '') + text.slice(at + 1, close)
      at = close
    } else if (char === '"') {
      const close = closingQuote(text, at + 1)
      if (close < 0) return undefined
      const inside = text.slice(at + 1, close)
      if (/`|\$\(/.test(inside)) return undefined
      word = (word ?? '') + replaceVariables(inside, variables)
      at = close
    } else if (char === '\\') {
      word = (word ?? '') + (text[at + 1] ?? '')
      at += 1
    } else if (/\s/.test(char)) end()
    else if (text.startsWith('&&', at) || char === ';') {
      end()
      commands.push([])
      if (char === '&') at += 1
    } else if (char === '>') {
      if (/^\d?$/.test(word ?? '')) word = undefined // 2>file
      end()
      const [, sign = ''] = /^>([>|&]?)/.exec(text.slice(at)) ?? []
      at += sign.length
      isTarget = true
    } else if (/[&|<()`]/.test(char)) return undefined
    else if (char === '$') {
      const [variable] = /^\$(?:\{[^}]*\}|\w+)/.exec(text.slice(at)) ?? []
      if (variable === undefined) return undefined
      word = (word ?? '') + replaceVariables(variable, variables)
      at += variable.length - 1
    } else word = (word ?? '') + char
  }
  end()
  return commands.filter((command) => command.length > 0)
}

/** The words of one line in which nothing is run; quotes are taken off, variables stay. */
export function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs) ?? []
  return words.map((word) =>
    word.replaceAll(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
      (_, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? '',
    ),
  )
}

/** `$NAME`, `${NAME}`, `${NAME:-otherwise}`, `${NAME:+instead}`; a name that is not set is nothing. */
export function replaceVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    /\\\$|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/g,
    (whole, plain?: string, braced?: string, operator?: string, other = '') => {
      if (whole === '\\$') return '$'
      const value = variables.get(plain ?? braced ?? '') ?? ''
      if (operator?.endsWith('-')) return value === '' ? other : value
      if (operator?.endsWith('+')) return value === '' ? '' : other
      return value
    },
  )
}

function closingQuote(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return -1
}
