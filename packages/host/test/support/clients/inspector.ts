import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { binOf } from './bin-of.ts'
import { findGreetUser, textOf, type Endpoint, type Greet } from './greet.ts'

const run = promisify(execFile)
const INSPECTOR = binOf('@modelcontextprotocol/inspector', 'mcp-inspector')

const Tools = z.object({ tools: z.array(z.object({ name: z.string() })) })

/** The Inspector's command line, as the article's readers use it in scripts. */
export function inspector(era: 'legacy' | 'modern', home: string): Greet {
  return async (endpoint) => {
    const call = (...args: string[]) => inspect(endpoint, ['--protocol-era', era, ...args], home)
    const { tools } = Tools.parse(await call('--method', 'tools/list'))
    const name = findGreetUser(tools)
    const args = ['--method', 'tools/call', '--tool-name', name, '--tool-arg', 'name=Ada']
    return { tools: tools.map((tool) => tool.name), text: textOf(await call(...args)) }
  }
}

async function inspect({ url, token }: Endpoint, args: string[], home: string): Promise<unknown> {
  const common = ['--cli', url, '--transport', 'http', '--format', 'json', '--quiet']
  const header = ['--header', `Authorization: Bearer ${token}`]
  const { stdout } = await run(process.execPath, [INSPECTOR, ...common, ...header, ...args], {
    env: { ...process.env, HOME: home },
  })
  const printed: unknown = JSON.parse(stdout)
  return z.object({ result: z.unknown() }).safeParse(printed).data?.result ?? printed
}
