import type { BaseImage } from './base-image.ts'

/** What a Dockerfile asks for, in the words of this machine: nothing of it has been done. */
export interface ImagePlan {
  /** Those that the image needs, in order; the last one is the image. */
  readonly stages: readonly StagePlan[]
}

export interface StagePlan {
  readonly base: BaseImage
  /** Index of the stage that this one goes on from. */
  readonly parent: number | undefined
  readonly actions: readonly BuildAction[]
  readonly environment: ReadonlyMap<string, string>
  readonly workdir: string
  readonly command: ImageCommand | undefined
}

/** Paths are those in the image. */
export type BuildAction =
  | {
      readonly kind: 'copy'
      readonly line: number
      readonly sources: readonly string[]
      readonly destination: string
      /** Whether the destination is a folder because it is written with a slash at its end. */
      readonly isInto: boolean
      /** The stage that they are taken from; undefined for the build folder. */
      readonly from: number | undefined
    }
  | { readonly kind: 'folder'; readonly path: string }
  | PythonInstall
  | {
      readonly kind: 'npm'
      readonly line: number
      readonly args: readonly string[]
      readonly workdir: string
      readonly environment: ReadonlyMap<string, string>
    }

export interface PythonInstall {
  readonly kind: 'python'
  readonly line: number
  /** `pip install …`, `uv pip install …`, `uv sync …`, with the arguments behind that. */
  readonly tool: 'pip' | 'uv pip' | 'uv sync'
  readonly args: readonly string[]
  readonly workdir: string
}

/** ENTRYPOINT and CMD together: a program and its arguments, or a line for the shell. */
export type ImageCommand =
  | { readonly kind: 'exec'; readonly words: readonly string[] }
  | { readonly kind: 'shell'; readonly text: string }
