import { tellHost } from './node-function-pipes.ts'

type Write = typeof process.stdout.write

/**
 * Sends what is written to stdout and stderr to the host in order with the answers, so that every
 * line gets the request it belongs to; `1` and `2` say that an invocation runs, `3` and `4` that
 * none does. Programs the handler starts write to the descriptors themselves.
 */
export function captureOutput(isRunning: () => boolean): void {
  for (const [name, during, between] of [
    ['stdout', '1', '3'],
    ['stderr', '2', '4'],
  ] as const) {
    let stream: NodeJS.WriteStream | undefined
    const original = Object.getOwnPropertyDescriptor(process, name)
    // Node creates these streams when they are first used, which most handlers never do.
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get() {
        if (stream !== undefined) return stream
        stream = original?.get?.call(process) as NodeJS.WriteStream
        stream.write = captured(() => (isRunning() ? during : between))
        return stream
      },
    })
  }
}

function captured(prefix: () => string): Write {
  return (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    tellHost(prefix() + JSON.stringify(textOf(chunk, rest[0])))
    const done = rest.findLast((it) => typeof it === 'function')
    if (done !== undefined) process.nextTick(done)
    return true
  }
}

function textOf(chunk: string | Uint8Array, encoding: unknown): string {
  if (typeof chunk !== 'string') return Buffer.from(chunk).toString()
  if (typeof encoding !== 'string' || encoding === 'utf8') return chunk
  return Buffer.from(chunk, encoding as BufferEncoding).toString()
}
