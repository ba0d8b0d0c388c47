import { join } from 'node:path'
import { isObject, readJsonFile } from './read-json-file.ts'

/** What a construct says to whoever deploys it (Annotations). */
export interface AssemblyMessage {
  readonly level: 'info' | 'warning' | 'error'
  /** The construct's path. */
  readonly path: string
  readonly text: string
}

const LEVELS: Readonly<Record<string, AssemblyMessage['level']>> = {
  'aws:cdk:info': 'info',
  'aws:cdk:warning': 'warning',
  'aws:cdk:error': 'error',
}

/** What stands beside a stack in its assembly, and in no template. */
export interface StackMetadata {
  readonly messages: readonly AssemblyMessage[]
  /** Files outside the assembly that bundles are made of (`catamaran:sources` of @catamaran/cdk). */
  readonly sources: readonly string[]
}

/** Metadata stands in the manifest, and since schema 40 mostly in a file of its own. */
export async function readMetadata(
  dir: string,
  metadata: unknown,
  metadataFile: string | undefined,
): Promise<StackMetadata> {
  const more = metadataFile === undefined ? {} : await readJsonFile(join(dir, metadataFile))
  const entries = Object.entries({ ...(isObject(metadata) && metadata), ...more }).flatMap(
    ([path, them]) =>
      (Array.isArray(them) ? them : [])
        .filter(isObject)
        .map(({ type, data }) => ({ path, type: String(type), data })),
  )
  return {
    messages: entries.flatMap(({ path, type, data }) => {
      const level = LEVELS[type]
      return level === undefined ? [] : [{ level, path, text: String(data) }]
    }),
    sources: entries.flatMap(({ type, data }) =>
      type === SOURCES && Array.isArray(data) ? data.map(String) : [],
    ),
  }
}

const SOURCES = 'catamaran:sources'
