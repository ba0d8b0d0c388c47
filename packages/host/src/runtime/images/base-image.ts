/** What an image is made from, as far as this machine has the same. */
export type BaseImage =
  | { readonly language: 'python'; readonly version: string | undefined }
  | { readonly language: 'node' }
  /** Nothing is in it: what a stage copies is all there is. */
  | { readonly language: 'none' }

/**
 * The language of an official image, whatever registry it is pulled from. Python's version is asked for
 * and not insisted on, Node is the one that runs this host.
 */
export function readBaseImage(image: string): BaseImage | undefined {
  const [path = ''] = image.split('@')
  const folders = path.split('/')
  const [name = '', tag = ''] = folders.pop()?.split(':') ?? []
  const owner = folders.at(-1) ?? 'library'
  if (name === 'uv' && owner === 'astral-sh')
    return { language: 'python', version: versionOfUv(tag) }
  // Others of the same name, Lambda's for instance, start in another way.
  if (owner !== 'library') return undefined
  if (name === 'scratch') return { language: 'none' }
  if (name === 'python') return { language: 'python', version: /^3\.\d+/.exec(tag)?.[0] }
  return name === 'node' ? { language: 'node' } : undefined
}

function versionOfUv(tag: string): string | undefined {
  // ghcr.io/astral-sh/uv: `python3.13-bookworm-slim`, `0.9-python3.13-alpine`, or the tool alone
  return /python(3\.\d+)/.exec(tag)?.[1]
}
