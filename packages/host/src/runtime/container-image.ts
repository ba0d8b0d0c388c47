// Images for a container engine: fetched, or built from the folder that a deployment handed over.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageBuild } from '../code/image-builds.ts'
import { unpackZip } from '../code/unpack-zip.ts'
import { HostError } from '../kernel/host-error.ts'
import { findDockerfile } from './images/find-dockerfile.ts'
import type { OciEngine } from './oci-engine.ts'

const PULL_MS = 15 * 60_000
const BUILD_MS = 30 * 60_000
const ENGINE_MS = 30_000
const KEPT_LINES = 15
/** AgentCore quotas: a container image. */
const LIMITS = { maxZipBytes: 1_000_000_000, maxUnpackedBytes: 2_000_000_000 }

/** Makes sure that the engine has the image; takes as long as the download takes. */
export async function pullImage(
  engine: OciEngine,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  const found = await engine.run(['image', 'inspect', image], ENGINE_MS)
  if (found.exit.exitCode === 0) return
  const { exit, lines } = await engine.run(['pull', '--quiet', image], PULL_MS, signal)
  if (exit.exitCode === 0) return
  const reason = lines.slice(-3).join('\n')
  throw new HostError('ERR_TARGET_FAILED', `The image ${image} cannot be pulled: ${reason}`)
}

/** Has the engine build the image; what did not change comes from its cache. */
export async function buildImage(
  engine: OciEngine,
  { imageUri, zip, dockerfile, buildArgs, target, platform }: ImageBuild,
  { tempDir, signal }: { readonly tempDir: string; readonly signal: AbortSignal },
): Promise<void> {
  const context = await mkdtemp(join(tempDir, 'image-'))
  try {
    await unpackZip({ path: zip }, context, LIMITS)
    const { exit, lines } = await engine.run(
      [
        'build',
        '--tag',
        imageUri,
        '--file',
        findDockerfile(context, dockerfile),
        ...Object.entries(buildArgs).flatMap(([name, value]) => [
          '--build-arg',
          `${name}=${value}`,
        ]),
        ...(target === undefined ? [] : ['--target', target]),
        ...(platform === undefined ? [] : ['--platform', platform]),
        context,
      ],
      BUILD_MS,
      signal,
    )
    if (exit.exitCode === 0) return
    const reason = lines.slice(-KEPT_LINES).join('\n')
    throw new HostError('ERR_TARGET_FAILED', `The image ${imageUri} cannot be built: ${reason}`)
  } finally {
    await rm(context, { recursive: true, force: true })
  }
}
