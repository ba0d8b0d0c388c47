/**
 * A pattern of the CDK's kind as a test: `*` for anything but a slash, `**` for anything, `?` for one
 * character.
 */
export function matcher(pattern: string): (text: string) => boolean {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    return part === '?' ? '[^/]' : part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  })
  const expression = new RegExp(`^${source}$`, 's')
  return (text) => expression.test(text)
}
