import { runToEnd } from '../../process/run-to-end.ts'

const LIMIT_MS = 30_000

/** What pip is told about its way to packages, for a uv that nobody has set up. */
export async function uvSettings(
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const args = ['-m', 'pip', 'config', 'list']
  const { lines } = await runToEnd({ file: python, args, env, cwd: '/' }, { limitMs: LIMIT_MS })
  const setting = (name: string) =>
    lines
      .map((line) => new RegExp(`\\.${name}='(.+)'$`).exec(line)?.[1])
      .findLast((it) => it !== undefined)
  const index = setting('index-url')
  const certificates = setting('cert')
  return {
    // uv has certificates of its own unless it is told to use the machine's, under one name or the other
    UV_NATIVE_TLS: 'true',
    UV_SYSTEM_CERTS: 'true',
    ...(index !== undefined && { UV_DEFAULT_INDEX: index }),
    ...(certificates !== undefined && { SSL_CERT_FILE: certificates }),
  }
}
