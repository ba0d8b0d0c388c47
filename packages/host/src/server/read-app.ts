// An app file is written by a person, so it is read strictly: an unknown member is a mistake, and
// every mistake is reported at once, by path.
import { z } from 'zod'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { CustomJwtAuthorizer } from '../oauth/custom-jwt-authorizer.ts'
import { readCustomJwtAuthorizer } from '../oauth/read-custom-jwt-authorizer.ts'

const Environment = z.record(
  z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'a variable name: letters, digits and _'),
  z.string(),
)
const FunctionName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, '1–64 letters, digits, - and _')
const GatewayName = z.string().regex(/^(?:[0-9a-zA-Z]-?){1,48}$/, '1–48 letters, digits, single -')
const TargetName = z.string().regex(/^(?:[0-9a-zA-Z]-?){1,100}$/, '1–100 letters, digits, single -')
const RuntimeName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,47}$/, 'a letter, then at most 47 letters, digits and _')

const Authorizer = z.strictObject({
  customJWTAuthorizer: z.unknown().transform((value, issues): CustomJwtAuthorizer => {
    try {
      return readCustomJwtAuthorizer(value)
    } catch (error) {
      issues.addIssue({ code: 'custom', message: errorMessage(error) })
      return z.NEVER
    }
  }),
})

const Function = z.strictObject({
  runtime: z.string().regex(/^(?:nodejs\d+\.x|python3\.\d+|provided(?:\.al2|\.al2023)?)$/, {
    error: 'nodejs24.x, python3.13, provided.al2023 or another version of these',
  }),
  handler: z.string().min(1).max(128).optional(),
  code: z.string().default('.'),
  layers: z.array(z.string()).max(5).default([]),
  requirements: z.string().optional(),
  timeout: z.int().min(1).max(900).default(3),
  memorySize: z.int().min(128).max(10_240).default(128),
  environment: Environment.default({}),
  reservedConcurrentExecutions: z.int().min(1).max(1_000).optional(),
})

const Gateway = z.strictObject({
  description: z.string().min(1).max(200).optional(),
  authorizerType: z.enum(['CUSTOM_JWT', 'NONE']).optional(),
  authorizerConfiguration: Authorizer.optional(),
  exceptionLevel: z.enum(['DEBUG', 'NONE']).default('DEBUG'),
  protocolConfiguration: z
    .strictObject({
      mcp: z
        .strictObject({
          supportedVersions: z.array(z.string()).min(1).optional(),
          instructions: z.string().min(1).max(2_048).optional(),
        })
        .optional(),
    })
    .optional(),
  targets: z.record(
    TargetName,
    z.strictObject({
      description: z.string().min(1).max(200).optional(),
      lambda: z.strictObject({
        function: FunctionName,
        toolSchema: z.array(z.looseObject({})).min(1).optional(),
      }),
    }),
  ),
})

const Seconds = z.int().min(1).max(28_800)
const Runtime = z
  .strictObject({
    command: z.array(z.string().min(1)).min(1).optional(),
    server: z.string().optional(),
    code: z.string().default('.'),
    requirements: z.string().optional(),
    environment: Environment.default({}),
    protocol: z.literal('MCP', { error: 'only MCP is hosted so far' }).default('MCP'),
    lifecycle: z
      .strictObject({
        idleRuntimeSessionTimeout: Seconds.default(900),
        maxLifetime: Seconds.default(28_800),
      })
      .prefault({})
      .refine((it) => it.idleRuntimeSessionTimeout <= it.maxLifetime, {
        error: 'idleRuntimeSessionTimeout must be less than or equal to maxLifetime',
      }),
    authorizerConfiguration: Authorizer.optional(),
    requestHeaderAllowlist: z.array(z.string()).min(1).max(20).optional(),
  })
  .refine((it) => (it.command === undefined) !== (it.server === undefined), {
    error: 'needs either command (a program) or server (a defineServer file), not both',
  })

const App = z
  .strictObject({
    functions: z.record(FunctionName, Function).default({}),
    gateways: z.record(GatewayName, Gateway).default({}),
    runtimes: z.record(RuntimeName, Runtime).default({}),
  })
  .superRefine((app, issues) => {
    for (const [gateway, { targets }] of Object.entries(app.gateways)) {
      for (const [target, { lambda }] of Object.entries(targets)) {
        if (lambda.function in app.functions) continue
        issues.addIssue({
          code: 'custom',
          path: ['gateways', gateway, 'targets', target, 'lambda', 'function'],
          message: `no function ${lambda.function}; there is ${listNames(app.functions)}`,
        })
      }
    }
    if (Object.keys(app.gateways).length + Object.keys(app.runtimes).length === 0) {
      issues.addIssue({ code: 'custom', message: 'describes neither a gateway nor a runtime' })
    }
  })

/** An app definition, whole: every default filled in. */
export type App = z.output<typeof App>
export type AppFunction = App['functions'][string]
export type AppGateway = App['gateways'][string]
export type AppRuntime = App['runtimes'][string]

/** Reads what an app file says; `source` is the file's name, for the message. */
export function readApp(value: unknown, source: string): App {
  const parsed = App.safeParse(value)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => {
    const path = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
    return `  ${path}${describeIssue(issue)}`
  })
  throw new HostError('ERR_INVALID_INPUT', `${source} cannot be used:\n${lines.join('\n')}`)
}

/** A name that does not fit is told what would. */
function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_key') return issue.message
  return `a name here has ${issue.issues.map(({ message }) => message).join(', ')}`
}

function listNames(of: object): string {
  return Object.keys(of).join(', ') || 'none'
}
