import { homedir } from 'node:os'
import { join } from 'node:path'

/** A folder of ours for what can be made again (XDG Base Directory). */
export function cacheFolder(name: string): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(cache, 'catamaran', name)
}
