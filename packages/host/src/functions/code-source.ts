import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { CodeArtifact, CodeStore } from '../code/code-store.ts'
import type { ObjectLocation, Objects } from '../code/object-store.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { LAMBDA_QUOTAS } from './quotas.ts'
import type { FunctionCode } from './function-record.ts'

/** Where a caller has the code: in the request, or in a bucket of this host. */
export type CodeSource =
  | { readonly kind: 'bytes'; readonly zip: Uint8Array }
  | ({ readonly kind: 'object' } & ObjectLocation)

/**
 * A bucket that is no bucket: its keys are absolute folders of this machine, and functions run what
 * is in them now. LocalStack's name for the same, so that its users need not change theirs.
 */
const FOLDER_BUCKET = 'hot-reload'

export interface CodeSources {
  readonly code: CodeStore
  readonly objects: Objects
  /** Whether callers may name folders of this machine. */
  readonly allowFolders: boolean
}

/** Fetches and unpacks a function's code; another account's bucket is not its to read. */
export async function readFunctionCode(
  source: CodeSource,
  sources: CodeSources,
  owner: Scope,
): Promise<FunctionCode> {
  if (source.kind === 'object' && source.bucket === FOLDER_BUCKET) {
    return { kind: 'folder', dir: await readFolder(source.key, sources) }
  }
  const { sha256, codeSize } = await readArchive(source, sources, owner)
  return { kind: 'archive', sha256, codeSize }
}

/** Fetches and unpacks an archive. */
export async function readArchive(
  source: CodeSource,
  { code, objects }: CodeSources,
  owner: Scope,
): Promise<CodeArtifact> {
  const { maxUnpackedBytes, maxDirectZipBytes } = LAMBDA_QUOTAS
  if (source.kind === 'bytes') {
    return code.put(source.zip, { maxZipBytes: maxDirectZipBytes, maxUnpackedBytes })
  }
  const path = await objects.resolve(source, owner)
  return code.put({ path }, { maxZipBytes: maxUnpackedBytes, maxUnpackedBytes })
}

async function readFolder(dir: string, { allowFolders }: CodeSources): Promise<string> {
  if (!allowFolders) {
    throw new HostError(
      'ERR_NOT_SUPPORTED',
      'This host runs no code from folders; send the archive as ZipFile, or put it into a bucket',
    )
  }
  const found = isAbsolute(dir) ? await stat(dir).catch(() => undefined) : undefined
  if (found?.isDirectory()) return dir
  const message = `S3Key ${JSON.stringify(dir)} must be the absolute path of a folder of this machine`
  throw new HostError('ERR_INVALID_INPUT', message)
}
