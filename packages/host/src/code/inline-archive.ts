// Code that stands in a template (`Code.ZipFile` of AWS::Lambda::Function): CloudFormation writes it
// to a file called index and adds the module that custom resources answer with.
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { HostError } from '../kernel/host-error.ts'

/** AWS::Lambda::Function Code, ZipFile: "up to 4 MB". */
const MAX_SOURCE_BYTES = 4 * 1024 * 1024
const INLINE_CODE = new URL('../../runtimes/inline-code/', import.meta.url)
/** The same source is the same archive, and so no change of the function. */
const ENTRY_OPTIONS = { mtime: new Date(315_532_800_000), mode: 0o100_644, forceDosTimestamp: true }

interface InlineRuntime {
  readonly entry: string
  readonly module: { readonly file: string; readonly entry: string; readonly used: RegExp }
}

const RUNTIMES: Readonly<Record<string, InlineRuntime>> = {
  nodejs: {
    entry: 'index.js',
    module: {
      file: 'cfn-response.cjs',
      entry: 'node_modules/cfn-response/index.js',
      used: /['"]cfn-response['"]/,
    },
  },
  python: {
    entry: 'index.py',
    module: { file: 'cfnresponse.py', entry: 'cfnresponse.py', used: /\bcfnresponse\b/ },
  },
}

/** The archive of a function whose source a template holds. */
export async function inlineArchive(runtime: string, source: string): Promise<Buffer> {
  const inline = RUNTIMES[/^[a-z]+/.exec(runtime)?.[0] ?? '']
  if (inline === undefined) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `ZipFile is for nodejs and python; the code of a function with the runtime ${runtime} is an archive in a bucket`,
    )
  }
  if (Buffer.byteLength(source) > MAX_SOURCE_BYTES) {
    throw new HostError('ERR_INVALID_INPUT', 'ZipFile is longer than 4 MB')
  }
  const { ZipFile } = await import('yazl')
  const archive = new ZipFile()
  archive.addBuffer(Buffer.from(source), inline.entry, ENTRY_OPTIONS)
  const { module } = inline
  if (module.used.test(source)) {
    archive.addBuffer(
      await readFile(new URL(module.file, INLINE_CODE)),
      module.entry,
      ENTRY_OPTIONS,
    )
  }
  archive.end()
  return buffer(archive.outputStream)
}
