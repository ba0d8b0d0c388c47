import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { errorMessage, HostError } from '../../kernel/host-error.ts'

export interface SecretFlags {
  readonly clientSecretFile?: string
  readonly clientSecretStdin?: boolean
}

/** A client secret from a file, from stdin or from the keyboard: never from the command line. */
export async function readClientSecret(flags: SecretFlags): Promise<string> {
  const secret = (await readRaw(flags)).replace(/\r?\n$/, '')
  if (secret !== '') return secret
  throw new HostError('ERR_INVALID_INPUT', 'The client secret is empty')
}

async function readRaw({ clientSecretFile, clientSecretStdin }: SecretFlags): Promise<string> {
  if (clientSecretFile !== undefined) {
    return readFile(clientSecretFile, 'utf8').catch((cause: unknown) => {
      const message = `The client secret cannot be read: ${errorMessage(cause)}`
      throw new HostError('ERR_INVALID_INPUT', message, { cause })
    })
  }
  if (clientSecretStdin) return text(process.stdin)
  if (process.stdin.isTTY) return askHidden('Client secret: ')
  throw new HostError(
    'ERR_INVALID_INPUT',
    'Give the client secret with --client-secret-file FILE or --client-secret-stdin',
  )
}

/** Shows the question and nothing of the answer. */
function askHidden(question: string): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true })
  process.stderr.write(question)
  return new Promise((resolve, reject) => {
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => reject(new HostError('ERR_INVALID_INPUT', 'Cancelled'))) // Ctrl-D too
    lines.question('', (answer) => {
      process.stderr.write('\n')
      resolve(answer)
      lines.close()
    })
  })
}
