import { awsVariables, pythonPackageVariables } from './exec/aws-variables.ts'
import { chooseRegion } from './exec/choose-region.ts'
import { localKeys } from './exec/local-keys.ts'
import type { EnvFlags, Shell } from './flags.ts'
import { reachHost } from './host-record.ts'

/** How a shell sets a variable, and how it takes one away. */
const SPELLINGS: Readonly<
  Record<Exclude<Shell, 'json'>, (name: string, value?: string) => string>
> = {
  sh: (name, value) => (value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`),
  fish: (name, value) =>
    value === undefined
      ? `set -e ${name}`
      : `set -gx ${name} '${value.replace(/[\\']/g, String.raw`\$&`)}'`,
  powershell: (name, value) =>
    value === undefined
      ? `Remove-Item Env:${name} -ErrorAction SilentlyContinue`
      : `$Env:${name} = '${value.replaceAll("'", "''")}'`,
}

/**
 * `catamaran env`: the variables of `exec` for a shell. Without the proxy, which lives only as long as a
 * run: programs with AWS host names inside still reach AWS, so they are for `exec`.
 */
export async function env(flags: EnvFlags): Promise<void> {
  const host = await reachHost(flags.url)
  const keys = localKeys(host, process.env, flags.account)
  const variables = {
    ...awsVariables({ hostUrl: host.url, region: chooseRegion(flags, process.env), keys }),
    ...pythonPackageVariables(host.url),
  }
  const shell = flags.json ? 'json' : flags.shell
  if (shell === 'json') {
    const orNull = (_: string, value: unknown) => value ?? null
    return void process.stdout.write(`${JSON.stringify(variables, orNull)}\n`)
  }
  const lines = Object.entries(variables).map(([name, value]) => SPELLINGS[shell](name, value))
  process.stdout.write(`${lines.join('\n')}\n`)
}

function quote(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`
}
