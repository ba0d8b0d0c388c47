import { Token } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { join } from 'node:path'
import { BundleError, bundleServer } from './bundle-server.ts'
import { DescribeError, describeServer, type ServerDescription } from './describe-server.ts'
import type { GatewayMcpServerProps } from './gateway-mcp-server-props.ts'
import { noteSources } from './note-sources.ts'
import type { Problems } from './problems.ts'

/**
 * Bundles a `defineServer` file into `folder` and asks the bundle what tools it has; undefined when
 * either fails, or when a schema says something that AgentCore cannot, which are problems then.
 */
export function describeEntry(
  scope: Construct,
  problems: Problems,
  props: GatewayMcpServerProps,
  { entry, folder }: { readonly entry: string; readonly folder: string },
): ServerDescription | undefined {
  const hasSecrets = Object.keys(props.secrets ?? {}).length > 0
  try {
    noteSources(scope, bundleServer({ entry, kind: 'function', hasSecrets }, folder))
    const description = describeServer(join(folder, 'index.js'), environmentAtSynthesis(props))
    checkLosses(problems, description, props.onSchemaLoss ?? 'widen')
    return description
  } catch (error) {
    if (error instanceof BundleError) problems.add(`entry: ${error.message}`)
    else if (error instanceof DescribeError) problems.add(`entry: ${entry}: ${error.message}`)
    else throw error
    return undefined
  }
}

/** Modules may look at their environment when they load; what is known only later has a stand-in. */
function environmentAtSynthesis({
  environment = {},
  secrets = {},
}: GatewayMcpServerProps): Record<string, string> {
  const known = Object.entries(environment).map(([name, value]) => [
    name,
    Token.isUnresolved(value) ? STAND_IN : value,
  ])
  const secret = Object.keys(secrets).map((name) => [name, STAND_IN])
  return Object.fromEntries([...known, ...secret]) as Record<string, string>
}

const STAND_IN = 'known-when-deployed'

function checkLosses(
  problems: Problems,
  { losses }: ServerDescription,
  onSchemaLoss: 'error' | 'widen',
): void {
  for (const { pointer, tool, message, widened } of losses) {
    if (onSchemaLoss === 'error' || !widened) problems.add(`${pointer} (${tool}): ${message}`)
    else problems.warn('schemaWidened', `${pointer} (${tool}): ${message}`)
  }
}
