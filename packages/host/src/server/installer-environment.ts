/**
 * What package installers get of the host's environment: the operator's way out to the network, and
 * the registries and caches they are told to use.
 */
export function installerEnvironment(dataDir: string): Record<string, string> {
  const { env } = process
  return { PATH: env['PATH'] ?? '', HOME: env['HOME'] ?? dataDir, ...networkVariables(env) }
}

const NETWORK =
  /^(?:https?_proxy|no_proxy|all_proxy|pip_.*|uv_.*|npm_config_.*|ssl_cert_file|ssl_cert_dir|requests_ca_bundle|node_extra_ca_certs)$/i

function networkVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => NETWORK.test(entry[0]) && entry[1] !== undefined,
    ),
  )
}
