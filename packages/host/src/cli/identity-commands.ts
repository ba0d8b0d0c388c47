import type { Command } from 'commander'
import { scoped } from './aws-commands.ts'
import type { CreateProviderFlags } from './identity/create-provider.ts'
import type { IdentityTokenFlags } from './identity/token.ts'
import type { ScopeFlags } from './flags.ts'

/** `catamaran identity …`: credential providers and tokens, over the host's AWS API. */
export function addIdentityCommands(root: Command): void {
  const identity = root
    .command('identity')
    .description('Create credential providers on the running host, and get tokens from them')
    .addHelpText('after', IDENTITY_HELP)
  scoped(
    identity
      .command('create-provider')
      .description(
        'Create an OAuth2 credential provider; by default for the own client of the host',
      )
      .argument('<name>', 'how programs name it (provider_name, resourceCredentialProviderName)'),
  )
    .option('--pool <id>', 'a user pool of the host')
    .option('--client <id>', 'a client of that pool')
    .option('--discovery-url <url>', 'the discovery document of an issuer elsewhere')
    .option('--client-id <id>', 'a client of that issuer')
    .option('--client-secret-file <file>', 'where its secret is; asked for when left out')
    .option('--client-secret-stdin', 'read its secret from stdin')
    .option('--json', 'print the whole description')
    .addHelpText('after', CREATE_HELP)
    .action(async (name: string, flags: CreateProviderFlags) =>
      (await import('./identity/create-provider.ts')).createProvider(name, flags),
    )
  scoped(
    identity
      .command('token')
      .description("Print a token of a provider's own client (client credentials, M2M)")
      .argument('<provider>', 'the name of an OAuth2 credential provider'),
  )
    .option('--scope <scope>', 'a scope to ask for; may be repeated', collect, [])
    .option('--workload <name>', 'the workload identity; made when missing', 'catamaran-cli')
    .option('--user-id <id>', 'act for this user, who is taken at their word')
    .option('--json', 'print an object with accessToken')
    .addHelpText('after', '\nExample:\n  npx catamaran identity token my-provider --scope api/read')
    .action(async (provider: string, flags: IdentityTokenFlags) =>
      (await import('./identity/token.ts')).identityToken(provider, flags),
    )
  scoped(identity.command('list').description('List credential providers and workload identities'))
    .option('--json', 'print whole descriptions')
    .action(async (flags: ScopeFlags & { json?: boolean }) =>
      (await import('./identity/list.ts')).listIdentity(flags),
    )
  for (const command of identity.commands) command.exitOverride().showHelpAfterError()
}

function collect(value: string, all: readonly string[]): readonly string[] {
  return [...all, value]
}

const IDENTITY_HELP = `
Exit codes: 2 for what the host cannot accept, 3 without permission, 4 when there is no such thing or
no host, 5 when the name is taken, 7 when the issuer failed.`

const CREATE_HELP = `
Secrets are read from a file, from stdin or from the keyboard, never from the command line.

Examples:
  npx catamaran identity create-provider local
  npx catamaran identity create-provider mine --pool us-east-1_AbCdEfGhI --client 4k2n0example
  npx catamaran identity create-provider other --discovery-url https://id.example/.well-known/openid-configuration \\
    --client-id me --client-secret-file secret.txt`
