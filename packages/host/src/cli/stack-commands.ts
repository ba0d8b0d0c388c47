import type { Command } from 'commander'
import { scoped } from './aws-commands.ts'
import type {
  DeployFlags,
  DestroyFlags,
  DiffFlags,
  OutputsFlags,
  StacksFlags,
} from './deploy/deploy-flags.ts'

/** `catamaran deploy` and the commands around it: CDK apps and templates, as stacks of the running host. */
export function addStackCommands(root: Command): void {
  fromApp(
    root
      .command('deploy')
      .description('Deploy a CDK app, a cdk.out or a template to the running host'),
  )
    .option('--parameters <Key=value>', 'of a stack: Stack:Key=value; may be repeated', collect)
    .option('-e, --exclusively', 'leave out the stacks that the named ones depend on')
    .option('--skip-unknown', 'leave out resources of types that the host does not serve')
    .option('--no-rollback', 'leave what was made before a failure as it is')
    .option('--watch', 'deploy again what is changed, until Ctrl-C')
    .option('--up', 'start an empty host for this, and stay until Ctrl-C')
    .option('--require-approval <level>', 'taken as the CDK has it; nobody is asked here')
    .option('--json', 'print the outputs as JSON')
    .addHelpText('after', DEPLOY_HELP)
    .action(async (path: string, stacks: string[], flags: DeployFlags) =>
      (await import('./deploy/deploy.ts')).deploy(path, stacks, flags),
    )
  fromApp(
    root.command('diff').description('Show what a deployment would change, without changing it'),
  )
    .option('--parameters <Key=value>', 'of a stack: Stack:Key=value; may be repeated', collect)
    .option('--fail', 'leave with exit code 1 when there are differences')
    .option('--json', 'print the differences as JSON')
    .action(async (path: string, stacks: string[], flags: DiffFlags) =>
      (await import('./deploy/diff.ts')).diff(path, stacks, flags),
    )
  fromApp(
    root
      .command('destroy')
      .description('Remove stacks; by name, also without the app that made them'),
  )
    .option('-f, --force', 'taken as the CDK has it; nobody is asked here')
    .option('--json', 'print what was removed as JSON')
    .action(async (path: string, stacks: string[], flags: DestroyFlags) =>
      (await import('./deploy/destroy.ts')).destroy(path, stacks, flags),
    )
  scoped(root.command('stacks').description('List the stacks of the running host'))
    .option('--json', 'print whole descriptions')
    .action(async (flags: StacksFlags) => (await import('./deploy/stacks.ts')).stacks(flags))
  scoped(
    root
      .command('outputs')
      .description('Print the outputs of a stack')
      .argument('[stack]', 'its name; may be left out when there is one stack'),
  )
    .option('--env', 'as lines of a .env file, for eval too: GatewayUrl is GATEWAY_URL')
    .option('--json', 'as one JSON object')
    .addHelpText('after', OUTPUTS_HELP)
    .action(async (stack: string | undefined, flags: OutputsFlags) =>
      (await import('./deploy/outputs.ts')).outputs(stack, flags),
    )
  root
    .command('bundle', { hidden: true }) // what the CDK is given as its Docker
    .argument('<arguments...>')
    .action(async (args: string[]) => {
      process.exitCode = await (await import('./deploy/bundling/bundle.ts')).bundle(args)
    })
}

function fromApp(command: Command): Command {
  return scoped(
    command
      .argument('[path]', 'a folder with cdk.json, a cdk.out, or a template', '.')
      .argument('[stacks...]', 'names or patterns of stacks'),
  )
    .option('--all', 'all stacks of the app')
    .option('--app <command>', 'instead of "app" in cdk.json: a command or a cdk.out')
    .option('-c, --context <key=value>', 'context for the app; may be repeated', collect)
}

function collect(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value]
}

const DEPLOY_HELP = `
The app is synthesised by its own cdk.json. Bundling that asks for Docker is done here: Python packages
by pip or uv for this machine's Python, Node functions by esbuild. What AWS alone could answer (context
lookups) has to be in cdk.context.json. Progress goes to stderr, outputs to stdout.
Exit codes: 2 when the host refuses the template, 4 when no host runs (start one with \`catamaran up
--empty\`, or use --up), 7 when a resource failed; 130 after Ctrl-C, while the host goes on.

Examples:
  npx catamaran deploy
  npx catamaran deploy cdk-gateway --watch
  npx catamaran deploy template.yaml my-stack --parameters Name=value
  npx catamaran deploy --up --context stage=dev 'Api/*'`

const OUTPUTS_HELP = `
Examples:
  npx catamaran outputs my-stack --env > .env
  set -a; eval "$(npx catamaran outputs --env)"; set +a`
