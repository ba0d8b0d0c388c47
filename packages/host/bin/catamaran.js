#!/usr/bin/env node
// Plain JavaScript on purpose: it must be able to say, on any Node, which Node is needed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = new URL('../dist/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)
const isSource = existsSync(source)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= (isSource ? 18 : 13))) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'catamaran', 'v8')
  process.env.CATAMARAN_COMPILE_CACHE ??= cache
  module.enableCompileCache(process.env.CATAMARAN_COMPILE_CACHE)
  if (major < 24) hushSqliteWarning()
  const { main } = await import(isSource ? source : built)
  await main(process.argv.slice(2))
} else runWithPinnedNode()

/** Before 24, Node says at every start that its SQLite is new; a user can do nothing about it. */
function hushSqliteWarning() {
  const { emitWarning } = process
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is'))
      Reflect.apply(emitWarning, process, [warning, ...rest])
  }
}

/** A clone brings its own Node as a package; use it when the one that was started is too old. */
function runWithPinnedNode() {
  const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
  if (!existsSync(pinned)) {
    console.error(
      `catamaran: Node ${process.versions.node} is too old; 22.13 is the oldest that works`,
    )
    process.exit(6)
  }
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
