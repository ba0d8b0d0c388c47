import type { Features } from './features.ts'
import type { Surface } from './surface.ts'
import type { SurfaceOptions } from './surface-options.ts'

/** Everything that AWS clients ask for, loaded by the first request for it; most of `up` has none. */
export function lazyApi(
  features: Features,
  options: SurfaceOptions,
): () => Promise<readonly Surface[]> {
  let surfaces: Promise<readonly Surface[]> | undefined
  return () =>
    (surfaces ??= loadSurfaces(features, options).catch((error: unknown) => {
      surfaces = undefined // the next request tries again
      throw error
    }))
}

async function loadSurfaces(features: Features, options: SurfaceOptions) {
  const { openSurfaces } = await import('./surfaces.ts')
  return openSurfaces(features, options)
}
