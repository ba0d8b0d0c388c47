import { cruise, type IForbiddenRuleType } from 'dependency-cruiser'
import { test } from 'vitest'

/** Lowest first. A folder may import itself and whatever stands in an earlier row. */
const LAYERS = [
  ['kernel'],
  ['http'],
  ['aws', 'oauth', 'process', 'code', 'proxy'],
  ['store'],
  ['gateway', 'runtime', 'functions', 'identity', 'issuer', 'stacks'],
  ['api'],
  ['server'],
  ['cli'],
]
const SRC = 'packages/host/src'

const downward = LAYERS.flatMap((row, height) =>
  row.map((folder): IForbiddenRuleType => {
    const allowed = [folder, ...LAYERS.slice(0, height).flat()].join('|')
    return {
      name: `${folder} imports only what is below it`,
      severity: 'error',
      from: { path: `^${SRC}/${folder}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^${SRC}/`, pathNot: `^${SRC}/(${allowed})/` },
    }
  }),
)

const acyclic: IForbiddenRuleType = {
  name: 'no cycles',
  severity: 'error',
  from: {},
  to: { circular: true },
}

const toolsStandAlone: IForbiddenRuleType = {
  name: 'the authoring library knows nothing of the host',
  severity: 'error',
  from: { path: '^packages/tools/src/' },
  to: { path: '^packages/host/' },
}

test('every import points downward', async ({ expect }) => {
  const { output } = await cruise([SRC, 'packages/tools/src'], {
    ruleSet: { forbidden: [...downward, acyclic, toolsStandAlone] },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  })
  if (typeof output === 'string') throw new Error(output)
  const broken = output.summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  )
  expect(broken).toEqual([])
  // A parser that cannot read TypeScript sees no modules, and no modules break no rules.
  expect(output.summary.totalCruised).toBeGreaterThan(60)
})
