import type { Scope } from '../../kernel/scope.ts'
import type { JsonObject } from '../json.ts'
import type { Waiters } from '../waiters/waiters.ts'
import type { BuildCommand } from './build-command.ts'
import type { Responses } from './responses.ts'

/** What custom resources need from the rest of the host. */
export interface CustomResourcePorts extends ProviderPorts {
  /** Keeps the folder that a container image is made of, for whoever names the image. */
  readonly registerBuild: RegisterBuild
  /** The state machines of CDK's provider framework; absent: there are none. */
  readonly waiters?: Waiters
}

/** What it takes to ask a function. */
export interface ProviderPorts {
  /**
   * Runs a function to its end, as the account of the scope: refused when there is no such function, or
   * it may not be called.
   */
  readonly invokeFunction: InvokeFunction
  readonly responses: Responses
}

export type RegisterBuild = (build: RegisteredBuild) => Promise<void>

export interface RegisteredBuild extends BuildCommand {
  readonly scope: Scope
  /** `{account}.dkr.ecr.{region}.amazonaws.com/{repository}:{tag}` */
  readonly imageUri: string
  /** An archive of the folder, in a bucket of the account. */
  readonly source: { readonly bucket: string; readonly key: string }
  readonly signal: AbortSignal
}

export type InvokeFunction = (
  functionArn: string,
  event: JsonObject,
  options: { readonly scope: Scope; readonly signal: AbortSignal },
) => Promise<FunctionEnding>

/** How a function ended. What it returned is nobody's business: it answers through its response URL. */
export type FunctionEnding =
  | { readonly kind: 'returned' }
  /** Thrown, timed out, exited. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It never saw the event: throttled, or its init failed. */
  | { readonly kind: 'not-started'; readonly reason: string }
