// Container images without a container engine: a build folder becomes files and packages on this machine,
// and the image's command a process of it (`prepare-image.ts`, `image-launch.ts`). What differs from a
// container: the process sees this machine's files, its user and its network; Python and Node are this
// machine's, for its own processor; system packages of a base image are not there.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ImageBuild } from '../../code/image-builds.ts'
import { HostError } from '../../kernel/host-error.ts'
import { withLockFile } from '../../process/lock-file.ts'
import { prepareImage, readPreparedImage, rootOf } from './prepare-image.ts'
import { launchImage, type ImageLaunch } from './image-launch.ts'

export interface Images {
  /** Prepares the image of a build, once for the same folder and instructions; resolves with its key. */
  prepare(build: ImageBuild, signal: AbortSignal): Promise<string>
  /** How the image is started; undefined when it is not on this machine (any more). */
  launch(key: string): Promise<ImageLaunch | undefined>
  /** Removes the images that are not named. */
  keepOnly(keys: ReadonlySet<string>): Promise<void>
}

export interface ImagesOptions {
  /** All of it belongs to the images. */
  readonly dir: string
  /** Where programs are looked up when an image is started. */
  readonly path: string
  readonly installerEnvironment: Readonly<Record<string, string>>
}

const KEY = /^[0-9a-f]{64}$/

export function openImages({ dir, path, installerEnvironment }: ImagesOptions): Images {
  const imagesDir = join(dir, 'prepared')
  const environmentsDir = join(dir, 'environments')
  const preparing = new Map<string, Promise<string>>()

  async function prepare(build: ImageBuild, key: string, signal: AbortSignal): Promise<string> {
    const place = join(imagesDir, key)
    await mkdir(imagesDir, { recursive: true, mode: 0o700 })
    await withLockFile(`${place}.lock`, async () => {
      if ((await readPreparedImage(place)) !== undefined) return
      await prepareImage(build, { dir: place, key, environmentsDir, installerEnvironment, signal })
    })
    return key
  }

  return {
    async prepare(build, signal) {
      const key = await keyOf(build)
      const found = preparing.get(key)
      if (found !== undefined) return found
      const prepared = prepare(build, key, signal)
        .catch((error: unknown) => {
          if (!(error instanceof HostError)) throw error
          // The caller knows files by their place in the image.
          const message = error.message.replaceAll(`${join(imagesDir, key)}/root`, '')
          throw new HostError(error.code, message.replaceAll(dir, ''), { cause: error })
        })
        .finally(() => preparing.delete(key))
      preparing.set(key, prepared)
      return prepared
    },

    async launch(key) {
      const place = join(imagesDir, key)
      const image = KEY.test(key) ? await readPreparedImage(place) : undefined
      return image && launchImage(image, rootOf(place), path)
    },

    async keepOnly(keys) {
      const names = await readdir(imagesDir).catch(() => []) // nothing was ever prepared
      for (const name of names.filter((it) => KEY.test(it))) {
        if (keys.has(name) || preparing.has(name)) continue
        await rm(join(imagesDir, name), { recursive: true, force: true })
      }
    },
  }
}

/** The same folder and instructions are the same image. */
async function keyOf({ zip, dockerfile, buildArgs, target }: ImageBuild): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(zip), hash, { end: false })
  const args = Object.entries(buildArgs).sort(([left], [right]) => (left < right ? -1 : 1))
  hash.update(JSON.stringify([dockerfile, args, target ?? '']))
  return hash.digest('hex')
}
