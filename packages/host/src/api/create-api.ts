import type { AwsAuthenticator } from '../aws/authenticate.ts'
import { isSigned } from '../aws/signature-claim.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import type { Service } from './create-service.ts'
import { createCallService, type CallService } from './call-service.ts'
import { findService } from './find-operation.ts'
import { createIdempotency } from './idempotency.ts'
import { serveAws } from './serve-aws.ts'

export interface ApiOptions {
  readonly services: readonly Service[]
  readonly authenticator: AwsAuthenticator
  readonly store: Store
  readonly sealer: Sealer
  readonly log: Log
}

/** The AWS-compatible surface of a host. */
export interface Api {
  readonly services: readonly Service[]
  /** Answers any request; one that no service knows with a fault. */
  serve(exchange: Exchange): Promise<void>
  /** Whether a request is one for AWS services, served or not. */
  owns(exchange: Exchange): boolean
  /** For callers inside: what a stack's resources are made with. */
  readonly call: CallService
}

export function createApi({ services, authenticator, store, sealer, log }: ApiOptions): Api {
  const context = {
    services,
    authenticator,
    log,
    idempotency: createIdempotency({ store, sealer, log }),
  }
  return {
    services,
    serve: (exchange) => serveAws(exchange, context),
    call: createCallService(context),
    owns: (exchange) => isSigned(exchange) || findService(exchange, services) !== undefined,
  }
}
