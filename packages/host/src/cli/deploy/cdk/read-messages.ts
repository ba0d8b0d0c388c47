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

/** Metadata stands in the manifest, and since schema 40 mostly in a file of its own. */
export async function readMessages(
  dir: string,
  metadata: unknown,
  metadataFile: string | undefined,
): Promise<readonly AssemblyMessage[]> {
  const more = metadataFile === undefined ? {} : await readJsonFile(join(dir, metadataFile))
  return Object.entries({ ...(isObject(metadata) && metadata), ...more }).flatMap(
    ([path, entries]) =>
      (Array.isArray(entries) ? entries : []).filter(isObject).flatMap((it) => {
        const level = LEVELS[String(it['type'])]
        return level === undefined ? [] : [{ level, path, text: String(it['data']) }]
      }),
  )
}
