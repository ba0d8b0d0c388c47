import { HostError } from '../../kernel/host-error.ts'

/** `--parameters Key=value` for every stack, `--parameters Stack:Key=value` for one. */
export type ParametersOf = (stackName: string) => ReadonlyMap<string, string>

export function readParameters(texts: readonly string[] = []): ParametersOf {
  const given = texts.map((text) => {
    const [, stack, key, value] = /^(?:([\w-]+):)?([A-Za-z0-9]+)=(.*)$/s.exec(text) ?? []
    if (key !== undefined && value !== undefined) return { stack, key, value }
    throw new HostError(
      'ERR_INVALID_INPUT',
      `--parameters takes Key=value or Stack:Key=value, not ${JSON.stringify(text)}`,
    )
  })
  return (stackName) =>
    new Map(
      given
        .filter(({ stack }) => stack === undefined || stack === stackName)
        .map(({ key, value }) => [key, value]),
    )
}
