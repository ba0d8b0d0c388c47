import { join } from 'node:path'
import { installOnce } from './install-once.ts'
import { findProgram, names, writeScript, type ToolFolder } from './tool-scripts.ts'

/** `python`, `pip` and what else the command names, for one interpreter. */
export async function writePythonTools(
  tools: ToolFolder,
  python: string,
  asked: string | undefined,
): Promise<void> {
  const { folder } = tools
  const suffixes = ['', '3', ...(asked === undefined ? [] : [asked.replace('python', '')])]
  for (const suffix of suffixes) {
    await writeScript(join(folder, `python${suffix}`), `exec '${python}' "$@"`)
    await writeScript(join(folder, `pip${suffix}`), `exec '${python}' -m pip "$@"`)
  }
  for (const tool of ['uv', 'poetry', 'pipenv'] as const) {
    if (!names(tools.command, tool) || (await findProgram(tool, tools.env['PATH']))) continue
    const bin = await installPythonTool(tool, tools, python)
    await writeScript(join(folder, tool), `exec '${join(bin, tool)}' "$@"`)
  }
  if (names(tools.command, 'rsync') && !(await findProgram('rsync', tools.env['PATH']))) {
    await writeScript(join(folder, 'rsync'), RSYNC)
  }
}

/** `rsync -rL --exclude=… from/ to`, which is all that the CDK's Python functions want of it. */
const RSYNC = `
excludes=
for word; do
  case $word in
    --exclude=*) excludes="$excludes $word" ;;
    -*) ;;
    *) from=$to; to=$word ;;
  esac
done
mkdir -p "$to"
tar -C "$from" -chf - $excludes . | tar -C "$to" -xf -`

async function installPythonTool(tool: string, tools: ToolFolder, python: string): Promise<string> {
  const version = tools.image.tools[tool]
  const wanted = version === undefined ? tool : `${tool}==${version}`
  // poetry keeps its export, which the CDK's Python functions call, in a plugin since 2.0
  const plugin = tool === 'poetry' ? " 'poetry-plugin-export'" : ''
  const dir = await installOnce(wanted, tools, (into) => [
    '/bin/sh',
    '-c',
    `'${python}' -m venv '${into}' && '${into}/bin/python' -m pip install --quiet '${wanted}'${plugin}`,
  ])
  return join(dir, 'bin')
}
