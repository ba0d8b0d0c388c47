import type { FunctionControl, FunctionControlOptions } from './function-control.ts'

/** The functions made through the API, and what it takes to change them once somebody wants to. */
export interface StoredFunctions extends AsyncDisposable {
  control(): Promise<FunctionControl>
}

/** A host without such functions loads none of what they need before the API asks for it. */
export async function openStoredFunctions(
  options: FunctionControlOptions,
): Promise<StoredFunctions> {
  let opening: Promise<FunctionControl> | undefined
  const control = () =>
    (opening ??= load(options).catch((error: unknown) => {
      opening = undefined // whoever asks next tries again
      throw error
    }))
  const stored = await options.store.list('function')
  if (stored.length > 0) await control()
  return {
    control,
    async [Symbol.asyncDispose]() {
      await (await opening)?.[Symbol.asyncDispose]()
    },
  }
}

async function load(options: FunctionControlOptions): Promise<FunctionControl> {
  const { loadFunctionControl } = await import('./function-control.ts')
  return loadFunctionControl(options)
}
