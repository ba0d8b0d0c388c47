// CloudFormation's own linter over every template of ours: what the constructs make in all their
// variants, the example that uses them, and the article's two stacks.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { App, Stack } from 'aws-cdk-lib'
import { test } from 'vitest'
import { announceSkip } from '../../host/test/support/announce-skip.ts'
import { machinePython, pythonPackages } from '../../host/test/support/python.ts'
import { VARIANTS } from './support/variants.ts'

const run = promisify(execFile)
const EXAMPLES = fileURLToPath(new URL('../../../examples/web-search', import.meta.url))
const APPS = {
  cdk: 'app.ts',
  'article/cdk-gateway': 'bin/cdk-gateway.ts',
  'article/cdk-runtime': 'bin/cdk-runtime.ts',
}
/** A first installation takes its time. */
const LIMIT_MS = 300_000

test('cfn-lint finds no error', { timeout: LIMIT_MS }, async ({ expect, skip }) => {
  const linter = await cfnLint()
  if (typeof linter === 'string') {
    announceSkip('cfn-lint', linter)
    skip(linter)
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-cfn-lint-'))
  try {
    const app = new App({ outdir: join(folder, 'variants') })
    Object.values(VARIANTS).forEach((build, index) => build(new Stack(app, `Variant${index}`)))
    app.synth()
    for (const [path, file] of Object.entries(APPS)) {
      await synthesizeExample(join(EXAMPLES, path), file, join(folder, file.replaceAll('/', '-')))
    }
    const files = await readdir(folder, { recursive: true })
    const templates = files.filter((file) => file.endsWith('.template.json'))
    expect(templates.length).toBe(Object.keys(VARIANTS).length + 5)
    expect(await linter(templates.map((file) => join(folder, file)))).toBe('')

    // It does read them: one wrong word is an error.
    const [first = ''] = templates
    const text = await readFile(join(folder, first), 'utf8')
    const broken = join(folder, 'broken.template.json')
    await writeFile(broken, text.replace('"CUSTOM_JWT"', '"CUSTOM"'))
    expect(await linter([broken])).toContain("'CUSTOM' is not one of")
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Without bundling: a layer is installed when it is deployed, and its template does not change. */
async function synthesizeExample(cwd: string, file: string, outdir: string): Promise<void> {
  const env = {
    ...process.env,
    OPENAI_API_KEY: 'sk-lint',
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
  }
  const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))
  await run(process.execPath, [tsx, file], { cwd, env })
}

type Linter = (templates: readonly string[]) => Promise<string>

/** Tells the errors in templates, or why it cannot be asked. */
async function cfnLint(): Promise<Linter | string> {
  const python = await machinePython()
  if (typeof python === 'string') return python
  const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))
  try {
    const packages = await pythonPackages(requirements)
    return async (templates) => {
      const args = [join(packages, 'bin', 'cfn-lint'), '--non-zero-exit-code', 'error', '--']
      const env = { ...process.env, PYTHONPATH: packages }
      try {
        await run(python.path, [...args, ...templates], { env })
        return ''
      } catch (error) {
        const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string }
        return `${stdout}${stderr}`
      }
    }
  } catch (error) {
    return `it cannot be installed: ${String(error).trim().split('\n').at(-1)}`
  }
}
