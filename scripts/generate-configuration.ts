// Writes docs/configuration.md from the schema of `catamaran serve`: node scripts/generate-configuration.ts
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { listSettings, type Setting } from '../packages/host/src/server/config-settings.ts'

const FILE = fileURLToPath(new URL('../docs/configuration.md', import.meta.url))

const INTRODUCTION = `# Configuration of \`catamaran serve\`

\`catamaran up\` needs no configuration. \`catamaran serve\` runs a host for other people; it reads \`catamaran.config.json\` (or \`--config FILE\`), then variables, then flags, each over the one before. \`catamaran serve --check\` says what is wrong, all of it at once, and leaves.

\`\`\`json
{
  "app": "catamaran.app.ts",
  "listen": { "host": "0.0.0.0", "port": 8443 },
  "publicUrl": "https://tools.example",
  "tls": { "certFile": "tls/cert.pem", "keyFile": "tls/key.pem" },
  "database": { "file": "/run/secrets/database-url" },
  "masterKey": { "file": "/run/secrets/master-key" },
  "accessKeys": [
    {
      "accessKeyId": "AKIDEXAMPLE0000001",
      "secretAccessKey": { "env": "DEPLOY_SECRET_ACCESS_KEY" },
      "accountId": "111122223333",
      "arn": "arn:aws:iam::111122223333:user/deploy"
    }
  ]
}
\`\`\`

- A key that is not in the table is a mistake, and so is a flag or a variable that looks like one.
- Secrets are not written here: \`{ "file": "…" }\` or \`{ "env": "NAME" }\` says where one is. They print as \`[redacted]\`.
- Relative paths in the file start at its folder; those of flags and variables where the command runs.
- Every request to the AWS API has to be signed with one of \`accessKeys\`.
- Listening beyond loopback takes TLS, or \`tls.terminatedByProxy\` when a proxy in front speaks it.
- SIGHUP, or a change of the files, brings a renewed certificate in; SIGTERM stops, and waits for requests in flight.
- Records go to stdout, one JSON object a line.

`

const HEADINGS = ['Setting', 'Default', 'Flag', 'Variable', 'What it is']

/** The whole page, as the formatter leaves it. */
export function describeConfiguration(): string {
  const rows = [HEADINGS, ...listSettings().map(cellsOf)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`
  const [headings = '', ...body] = rows.map(line)
  const rule = line(widths.map((width) => '-'.repeat(width)))
  return [INTRODUCTION, headings, rule, ...body].join('')
}

function cellsOf({ path, default: preset, flag, variable, description }: Setting): string[] {
  const code = (text: string | undefined) => (text === undefined ? '' : `\`${text}\``)
  return [
    code(path.join('.')),
    code(preset === undefined ? undefined : JSON.stringify(preset)),
    code(flag && `--${flag}`),
    code(variable),
    description,
  ]
}

if (import.meta.main) await writeFile(FILE, describeConfiguration())
