// `catamaran exec`: a program as it is, in an environment where AWS is this host.
//
// Three ways lead a program here: the endpoint variables of the SDKs; for AWS host names inside a
// program, a proxy with an authority of its own for this run; and ~/.aws, replaced, so that neither real
// credentials nor real endpoints are found. What reads none of these variables is not reached: Java
// without -Dhttps.proxyHost and a trust store of its own, programs that pin certificates, SOCKS.
import { resolve } from 'node:path'
import { createCleanup, type Cleanup } from '../../kernel/cleanup.ts'
import { HostError } from '../../kernel/host-error.ts'
import { AWS_DOMAINS } from '../../proxy/aws-host-names.ts'
import { createCertificateAuthority } from '../../proxy/certificate-authority.ts'
import { readOutboundProxies } from '../../proxy/outbound-proxies.ts'
import { startProxy } from '../../proxy/start-proxy.ts'
import type { ExecFlags } from '../flags.ts'
import { reachHost, type ReachedHost } from '../host-record.ts'
import { awsVariables, pythonPackageVariables, type Variables } from './aws-variables.ts'
import { chooseRegion } from './choose-region.ts'
import { localKeys } from './local-keys.ts'
import { writeLocalProfiles } from './local-profiles.ts'
import { proxyVariables } from './proxy-variables.ts'
import { createRunFolder, type RunFolder } from './run-folder.ts'
import { runProgram } from './run-program.ts'
import { writeTrustFiles } from './trust-files.ts'

/** Runs a program and leaves its exit code as ours. */
export async function exec(command: readonly string[], flags: ExecFlags): Promise<void> {
  const [file, ...args] = command
  if (file === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'Name a program: catamaran exec -- python client.py')
  }
  const cleanup = createCleanup()
  try {
    const { env, folder } = await prepare(flags, cleanup)
    const onStart = (target: number) => folder.guard(target)
    process.exitCode = await runProgram({ file, args, env, onStart })
  } finally {
    await cleanup.run()
  }
}

async function prepare(
  flags: ExecFlags,
  cleanup: Cleanup,
): Promise<{ env: Record<string, string>; folder: RunFolder }> {
  const folder = await createRunFolder()
  cleanup.defer(() => folder.remove())
  const host =
    flags.app === undefined
      ? await reachHost(flags.url)
      : await startOwnHost(flags.app, folder, cleanup)
  const environment: Variables = process.env
  const keys = localKeys(host, environment, flags.account)
  const authority = createCertificateAuthority(AWS_DOMAINS)
  const proxy = await startProxy({
    hostUrl: host.url,
    authority,
    offline: flags.offline ?? false,
    proxies: readOutboundProxies(environment),
    onProblem: oncePerMessage((message) => process.stderr.write(`catamaran: ${message}\n`)),
  })
  cleanup.use(proxy)
  const env = overlay(environment, {
    ...awsVariables({ hostUrl: host.url, region: chooseRegion(flags, environment), keys }),
    ...pythonPackageVariables(undefined),
    ...(await writeLocalProfiles(folder.path, keys, environment)),
    ...(await writeTrustFiles(folder.path, authority.certificate, environment)),
    ...proxyVariables(proxy.url),
    CATAMARAN_ACCESS_KEY_ID: undefined,
    CATAMARAN_SECRET_ACCESS_KEY: undefined,
    CATAMARAN_DATABASE: undefined, // what only the host itself may know
    CATAMARAN_MASTER_KEY: undefined,
    CATAMARAN_COMPILE_CACHE: undefined,
  })
  return { env, folder }
}

/** `--app`: a host for this run alone, whose state goes with it. */
async function startOwnHost(
  path: string,
  folder: RunFolder,
  cleanup: Cleanup,
): Promise<ReachedHost> {
  const { startHost } = await import('../../server/start-host.ts')
  const dataDir = resolve(folder.path, 'data')
  return cleanup.use(await startHost({ path, dataDir }))
}

function overlay(below: Variables, above: Variables): Record<string, string> {
  const entries = Object.entries({ ...below, ...above })
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function oncePerMessage(say: (message: string) => void): (message: string) => void {
  const said = new Set<string>()
  return (message) => {
    if (said.has(message)) return
    said.add(message)
    say(message)
  }
}
