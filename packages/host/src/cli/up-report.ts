import type { CheckedHulls, ListedProperty, ListedTool } from '../server/check-hulls.ts'
import type { Deployed } from '../server/deploy.ts'
import type { Host } from '../server/host.ts'
import type { LoadedApp } from '../server/load-app.ts'

export interface ReadyReport {
  readonly host: Host
  readonly app: LoadedApp
  readonly checked: CheckedHulls
  readonly startMs: number
}

/** The one line that a program waits for. Further gateways and runtimes follow the first of each. */
export function readyLine({ host, startMs }: Pick<ReadyReport, 'host' | 'startMs'>): string {
  const { gateways, runtimes } = host.deployed()
  const [gateway, ...otherGateways] = gateways.map(({ gatewayId, url, targets }) => ({
    gatewayId,
    url,
    targets,
  }))
  const [runtime, ...otherRuntimes] = runtimes.map(({ agentRuntimeArn, url }) => ({
    agentRuntimeArn,
    url,
  }))
  return JSON.stringify({
    ready: true,
    url: host.url,
    startMs,
    gateway: gateway ?? null,
    runtime: runtime ?? null,
    oauth: host.oauth ?? null,
    ...(otherGateways.length > 0 && { gateways: [gateway, ...otherGateways] }),
    ...(otherRuntimes.length > 0 && { runtimes: [runtime, ...otherRuntimes] }),
  })
}

/** What a person sees: where both hulls are, what they offer, how to call them, what to try. */
export function describeReady(report: ReadyReport): string {
  const { host, app, startMs } = report
  const { gateways, runtimes } = host.deployed()
  const needsToken = host.oauth !== undefined
  const config = { mcpServers: Object.fromEntries(clientEntries(report)) }
  const lines = [
    '',
    `  ${app.name} is up (${startMs} ms)`,
    '',
    ...gateways.flatMap(({ url }) => [
      '  Gateway   ' + url,
      '            ' + toolLine(report, url),
    ]),
    ...runtimes.flatMap(({ url }) => [
      '  Runtime   ' + url,
      '            ' + toolLine(report, url),
    ]),
    '',
    ...(needsToken
      ? [
          '  Token     export CATAMARAN_TOKEN=$(npx catamaran token)',
          `            (client credentials at ${host.oauth?.tokenUrl})`,
        ]
      : ['  Token     none needed: started with --no-auth']),
    '',
    '  Client configuration',
    ...JSON.stringify(config, undefined, 2)
      .split('\n')
      .map((line) => `    ${line}`),
    '',
    `  Try       ${tryCommand(report)}`,
    '',
    '  Saving a file reloads it. Ctrl-C stops everything.',
    '',
  ]
  return `${lines.join('\n')}\n`
}

/** What a person sees when nothing is hosted yet. */
export function describeEmpty({ url }: Host): string {
  return [
    '',
    '  Catamaran is up, with nothing hosted yet',
    '',
    `  AWS endpoint  ${url}`,
    '  Try           npx catamaran exec -- aws bedrock-agentcore-control list-gateways',
    '',
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n')
}

/** One line after a reload. */
export function describeReload({ warnings }: Deployed, tookMs: number): string {
  return [
    `Reloaded in ${Math.round(tookMs)} ms`,
    ...warnings.map((it) => `warning: ${it}`),
    '',
  ].join('\n')
}

function clientEntries({ host, app }: ReadyReport): [string, object][] {
  const headers = { headers: { Authorization: 'Bearer ${CATAMARAN_TOKEN}' } }
  const { gateways, runtimes } = host.deployed()
  const hulls = [
    ...gateways.map((it) => ({ ...it, suffix: 'gateway' })),
    ...runtimes.map((it) => ({ ...it, suffix: 'runtime' })),
  ]
  return hulls.map(({ name, url, needsToken, suffix }) => [
    hulls.length > 2 ? `${name}-${suffix}` : `${app.name}-${suffix}`,
    { type: 'http', url, ...(needsToken && headers) },
  ])
}

function toolLine({ checked }: ReadyReport, url: string): string {
  const tools = checked.tools.get(url)
  if (tools === undefined) return 'not asked for its tools: its own issuer has to give the token'
  const names = tools.slice(0, 5).map(({ name }) => name)
  const more = tools.length > 5 ? ` and ${tools.length - 5} more` : ''
  return `tools: ${names.join(', ')}${more}`
}

function tryCommand({ host, checked }: ReadyReport): string {
  const { gateways, runtimes } = host.deployed()
  const via = gateways.length > 0 ? '' : ' --via runtime'
  const tool = checked.tools.get((gateways[0] ?? runtimes[0])?.url ?? '')?.[0]
  if (tool === undefined) return `npx catamaran tools${via}`
  const separator = tool.name.indexOf('___')
  const name = separator === -1 ? tool.name : tool.name.slice(separator + 3)
  // The runtime publishes the whole schema, which says more about what would be accepted.
  const whole = checked.tools.get(runtimes[0]?.url ?? '')?.find((it) => it.name === name)
  return `npx catamaran call ${name} '${JSON.stringify(sampleArguments(whole ?? tool))}'${via}`
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  string: 'Ada',
  number: 1,
  integer: 1,
  boolean: true,
  array: [],
  object: {},
}

/** Something for every argument that must be there. */
function sampleArguments({ inputSchema }: ListedTool): object {
  const { properties = {}, required = [] } = inputSchema ?? {}
  return Object.fromEntries(required.map((name) => [name, sampleValue(properties[name])]))
}

function sampleValue(property: ListedProperty = {}): unknown {
  return property.enum?.[0] ?? property.minimum ?? SAMPLES[property.type ?? 'string']
}
