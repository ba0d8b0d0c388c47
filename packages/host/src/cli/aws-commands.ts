import { InvalidArgumentError, Option, type Command } from 'commander'
import { SHELLS, type EnvFlags, type ExecFlags } from './flags.ts'

/** The commands for programs that were written for AWS. */
export function addAwsCommands(root: Command): void {
  scoped(
    root
      .command('exec')
      .description('Run a program, unchanged, so that it meets the running host instead of AWS')
      .argument('<command...>', 'the program and its arguments, after --')
      .passThroughOptions(),
  )
    .option('--app <path>', 'host this app for the run, instead of using a host that runs')
    .option('--offline', 'refuse connections to anything but this host and this machine')
    .addHelpText('after', EXEC_HELP)
    .action(async (command: string[], flags: ExecFlags) =>
      (await import('./exec/exec.ts')).exec(command, flags),
    )
  scoped(root.command('env').description("Print exec's variables for a shell, without its proxy"))
    .addOption(new Option('--shell <shell>', 'whose spelling to use').choices(SHELLS).default('sh'))
    .option('--json', 'the same as --shell json; null means to take the variable away')
    .addHelpText('after', ENV_HELP)
    .action(async (flags: EnvFlags) => (await import('./env.ts')).env(flags))
}

/** Which host, and for which account and Region. */
export function scoped(command: Command): Command {
  return command
    .option('--url <url>', 'which host, when several run, or one elsewhere')
    .option('--region <region>', 'default: AWS_REGION if set, else us-east-1')
    .addOption(
      new Option('--account <id>', 'the AWS account to act as (default: 000000000000)').argParser(
        readAccount,
      ),
    )
}

function readAccount(text: string): string {
  if (/^\d{12}$/.test(text)) return text
  throw new InvalidArgumentError('An account is a number of 12 digits.')
}

const EXEC_HELP = `
The program gets a Region, keys and endpoints by environment variables. AWS host names inside it lead
here through a proxy on this machine, with a certificate authority of this run alone. Your own AWS
credentials are out of its sight. Its exit code becomes this command's: 128 and the number of a signal
that ended it, 126 when it cannot run, 127 when it is not there; 4 when no host runs.

Examples:
  npx catamaran exec -- python client.py
  npx catamaran exec -- aws bedrock-agentcore-control list-gateways
  npx catamaran exec --app examples/greet --offline -- node agent.js`

const ENV_HELP = `
Programs with AWS host names inside still reach AWS with these; run them with exec.

Examples:
  eval "$(npx catamaran env)"
  npx catamaran env --shell fish | source
  npx catamaran env --shell powershell | Invoke-Expression`
