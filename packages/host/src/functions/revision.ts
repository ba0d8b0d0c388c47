import type { FunctionConfiguration } from './function-configuration.ts'
import type { FunctionLog } from './function-log.ts'
import type { Launch } from './launch.ts'
import type { ProvidePackage } from './provided-packages.ts'

/** A function as it was put at one time: environments never change the revision they run. */
export interface Revision {
  /** Counts up with every change of any function. */
  readonly number: number
  readonly configuration: FunctionConfiguration
  readonly launch: Launch
  readonly log: FunctionLog
}

/** What all environments share, whatever they run. */
export interface EnvironmentSettings {
  /** Each environment gets a folder of its own in it. */
  readonly tempDir: string
  readonly initTimeoutMs: number
  readonly providePackage?: ProvidePackage | undefined
  /** An environment is gone: its folders may not be needed any more. */
  readonly onGone?: () => void
}
