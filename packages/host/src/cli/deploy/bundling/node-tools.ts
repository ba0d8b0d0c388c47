import { join } from 'node:path'
import { installOnce } from './install-once.ts'
import { findProgram, names, writeScript, type ToolFolder } from './tool-scripts.ts'

/** What the command names and this machine lacks: esbuild, package managers. */
export async function writeNodeTools(tools: ToolFolder): Promise<void> {
  const packages = { esbuild: 'esbuild', tsc: 'typescript', pnpm: 'pnpm', yarn: 'yarn', bun: 'bun' }
  const node = await findProgram('node', tools.env['PATH'])
  if (node === undefined) {
    await writeScript(join(tools.folder, 'node'), `exec '${process.execPath}' "$@"`)
  }
  for (const [program, name] of Object.entries(packages)) {
    if (!names(tools.command, program) || (await findProgram(program, tools.env['PATH']))) continue
    const version = tools.image.tools[name] ?? 'latest'
    const dir = await installOnce(`${name}-${version}`, tools, (into) => [
      '/bin/sh',
      '-c',
      `npm install --no-audit --no-fund --no-save --ignore-scripts --loglevel=error '--prefix=${into}' '${name}@${version}'`,
    ])
    const script = join(dir, 'node_modules', '.bin', program)
    await writeScript(join(tools.folder, program), `exec '${script}' "$@"`)
  }
}
