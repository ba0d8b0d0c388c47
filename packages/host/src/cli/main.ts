import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { addAwsCommands } from './aws-commands.ts'
import { addIdentityCommands } from './identity-commands.ts'
import type { CallFlags, ServeFlags, UpFlags } from './flags.ts'
import { reportFailure } from './report-failure.ts'
import { addStackCommands } from './stack-commands.ts'

/** Runs one command line; sets the exit code and returns once nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else process.exitCode = reportFailure(error)
  }
}

function program(): Command {
  const root = new Command('catamaran')
    .description('Hosts remote MCP servers: one definition of the tools, two hulls.')
    .version('0.1.0')
    .showHelpAfterError('(add --help for what is accepted)')
    .exitOverride()
    .enablePositionalOptions() // what follows `exec PROGRAM` is the program's
  root
    .command('up')
    .description('Start both hulls for a server.ts or a catamaran.app.ts and keep them running')
    .argument('[path]', 'a defineServer file, an app file, or a folder with one of them', '.')
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 takes a free one (default: 4420)').argParser(
        readPort,
      ),
    )
    .option(
      '--data-dir <dir>',
      'where keys, ids, packages and logs are kept (default: .catamaran beside the file)',
    )
    .option('--json', 'print one line of JSON when ready, and nothing else on stdout')
    .option('--no-auth', 'let everybody who reaches the port call in')
    .option(
      '--database <url>',
      'keep state in PostgreSQL; a URL with a password goes into CATAMARAN_DATABASE',
    )
    .option('--empty', 'host no app, only what AWS clients create')
    .addHelpText('after', UP_HELP)
    .action(async (path: string, options: UpFlags) => (await import('./up.ts')).up(path, options))
  calling(root.command('tools').description('List the tools of the running host')).action(
    async (options: CallFlags) => (await import('./tools.ts')).tools(options),
  )
  calling(root.command('call').description('Call a tool of the running host'))
    .argument(
      '<name>',
      'the tool; on the gateway its target may be left out when only one tool has the name',
    )
    .argument('[json]', 'the arguments, as a JSON object', '{}')
    .addHelpText('after', CALL_HELP)
    .action(async (name: string, json: string, options: CallFlags) =>
      (await import('./call.ts')).call(name, json, options),
    )
  root
    .command('token')
    .description('Print an access token for the running host')
    .option('--url <url>', 'which host, when several run')
    .addOption(
      new Option('--via <hull>', 'either: the same token serves both').choices([
        'gateway',
        'runtime',
      ]),
    )
    .option('--json', 'print the whole answer of the token endpoint')
    .addHelpText('after', '\nExample:\n  export CATAMARAN_TOKEN=$(npx catamaran token)')
    .action(async (options: { url?: string; json?: boolean }) =>
      (await import('./token.ts')).token(options),
    )
  root
    .command('init')
    .description('Write a project that runs at once')
    .argument('[dir]', 'folder to write to; made when missing', '.')
    .addHelpText(
      'after',
      '\nExample:\n  npx catamaran init my-tools && cd my-tools && npx catamaran up',
    )
    .action(async (dir: string) => (await import('./init.ts')).init(dir))
  addAwsCommands(root)
  addIdentityCommands(root)
  addStackCommands(root)
  root
    .command('serve')
    .description(
      'Run a host for other people: from a configuration, with verified signatures and TLS',
    )
    .argument('[settings...]', 'flags of single settings, such as --listen-port 8443')
    .option('--config <file>', 'the configuration (default: catamaran.config.json, if it is there)')
    .option('--check', 'say whether the configuration can be used, print it, and leave')
    .allowUnknownOption()
    .addHelpText('after', SERVE_HELP)
    .action(async (settings: string[], flags: ServeFlags) =>
      (await import('./serve.ts')).serve(settings, flags),
    )
  for (const command of root.commands) command.exitOverride().showHelpAfterError()
  return root
}

function calling(command: Command): Command {
  return command
    .addOption(
      new Option('--via <hull>', 'which hull to use')
        .choices(['gateway', 'runtime'])
        .default('gateway'),
    )
    .option('--url <url>', 'a running host, or any MCP endpoint (default: the host that runs)')
    .option('--token <token>', 'a bearer token; by default one is fetched from the host')
    .option('--json', 'print the result as JSON')
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

const UP_HELP = `
Saving a source file brings the new tools in; Ctrl-C ends everything that was started.

Examples:
  npx catamaran up server.ts
  npx catamaran up examples/greet --port 0 --json
  npx catamaran up --empty --database postgres://localhost/catamaran`

const SERVE_HELP = `
Every setting is in docs/configuration.md, with its flag and its variable. Flags win over variables, and
those over the file. Secrets are named by the file or variable they are in. Records go to stdout as JSON.
Exit codes: 2 when the configuration cannot be used, 5 when the port or the database is taken.

Examples:
  npx catamaran serve --config catamaran.config.json --check
  npx catamaran serve --listen-port 8443 --tls-cert-file cert.pem --tls-key-file key.pem`

const CALL_HELP = `
Examples:
  npx catamaran call greet_user '{"name":"Ada"}'
  npx catamaran call greet_user '{"name":"Ada"}' --via runtime --json`
