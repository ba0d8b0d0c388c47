// TypeScript that the main check does not see: the samples of the README, and the article's two apps,
// which are CommonJS as the CDK's templates were.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test } from 'vitest'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TSC = join(ROOT, 'node_modules/.bin/tsc')

test("the README's samples compile", async ({ expect }) => {
  // In the package, where its dependencies are found.
  const folder = await mkdtemp(join(ROOT, 'packages/cdk/.readme-'))
  try {
    const readme = await readFile(join(ROOT, 'packages/cdk/README.md'), 'utf8')
    const samples = [...readme.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code ?? '')
    expect(samples.length).toBeGreaterThan(3)
    await Promise.all(
      samples.map((code, index) => writeFile(join(folder, `sample${index}.ts`), code)),
    )
    const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions: { noEmit: true } }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    expect(await typeErrors(folder)).toBe('')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

for (const app of ['cdk-gateway', 'cdk-runtime']) {
  test(`the article's ${app} compiles`, async ({ expect }) => {
    expect(await typeErrors(join(ROOT, 'examples/web-search/article', app))).toBe('')
  })
}

async function typeErrors(folder: string): Promise<string> {
  return run(process.execPath, [TSC, '-p', folder]).then(
    () => '',
    (error: { readonly stdout: string }) => error.stdout,
  )
}
