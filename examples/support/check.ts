import { startHost, type HostOptions, type RunningHost } from './host.ts'

/** Starts the example, lets the story assert, stops the host; the exit code says how it went. */
export async function check(
  title: string,
  options: HostOptions,
  story: (host: RunningHost) => Promise<void>,
): Promise<void> {
  try {
    const host = await startHost(options)
    await story(host).catch(async (error: unknown) => {
      await host.stop().catch(() => {}) // what the story found is the one to report
      throw error
    })
    await host.stop()
    console.log(`ok: ${title}`)
  } catch (error) {
    console.error(`FAILED: ${title}\n${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}

/** For what this machine lacks and the example cannot bring along: said aloud, and not a failure. */
export function skip(reason: string): void {
  console.log(`skipped: ${reason}`)
}
