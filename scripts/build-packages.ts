// Builds what is published: plain JavaScript with declarations, in `dist-packages/<name>`, each with the
// package.json of its source, its exports pointing at what was built.
//
//   node scripts/build-packages.ts [folder] [name…]
import { execFileSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TSC = join(ROOT, 'node_modules', '.bin', 'tsc')
const [, , folder = join(ROOT, 'dist-packages'), ...names] = process.argv
const target = resolve(folder)
const isAsked = (name: string) => names.length === 0 || names.includes(name)

interface Manifest {
  exports: Record<string, string>
  [member: string]: unknown
}

await rm(target, { recursive: true, force: true })
await build('tools', { paths: {}, folders: ['src'] })
// The others are checked against what is published of the tools, not against their source.
const paths = {
  '@catamaran/tools': [join(target, 'tools', 'dist', 'index.d.ts')],
  '@catamaran/tools/protocol': [join(target, 'tools', 'dist', 'protocol', 'index.d.ts')],
}
if (isAsked('host')) await build('host', { paths, folders: ['src', 'runtimes'] })
if (isAsked('cdk')) await build('cdk', { paths, folders: ['src'] })

async function build(
  name: string,
  { paths, folders }: { paths: Record<string, string[]>; folders: readonly string[] },
): Promise<void> {
  const source = join(ROOT, 'packages', name)
  const output = join(target, name)
  await mkdir(output, { recursive: true })
  for (const folder of folders) {
    const isSource = folder === 'src'
    await compile(join(source, folder), join(output, isSource ? 'dist' : folder), paths, isSource)
  }
  for (const file of ['bin', 'models', 'templates', 'README.md', 'LICENSE']) {
    await cp(join(source, file), join(output, file), { recursive: true }).catch(() => {})
  }
  await copyOtherRuntimeFiles(source, output)
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as Manifest
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([key, file]) => [key, builtExport(file)]),
  )
  await writeFile(
    join(output, 'package.json'),
    `${JSON.stringify({ ...manifest, exports }, undefined, 2)}\n`,
  )
}

async function compile(
  source: string,
  output: string,
  paths: Record<string, string[]>,
  hasDeclarations: boolean,
): Promise<void> {
  const config = join(target, 'tsconfig.json')
  await writeFile(
    config,
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        rootDir: source,
        outDir: output,
        declaration: hasDeclarations,
        typeRoots: [join(ROOT, 'node_modules', '@types')],
        paths,
      },
      include: [source],
      exclude: [join(source, '**', '*.test.ts')],
    }),
  )
  execFileSync(TSC, ['-p', config], { stdio: 'inherit' })
  await rm(config)
}

/** Python bootstraps and preloads that are JavaScript already. */
async function copyOtherRuntimeFiles(source: string, output: string): Promise<void> {
  await cp(join(source, 'runtimes'), join(output, 'runtimes'), {
    recursive: true,
    filter: (file) => !/\.ts$|__pycache__/.test(file),
  }).catch(() => {}) // only the host has any
}

function builtExport(file: string): { types: string; default: string } {
  const built = file.replace('./src/', './dist/').replace(/\.ts$/, '')
  return { types: `${built}.d.ts`, default: `${built}.js` }
}
