import type { Answer } from '../http/exchange.ts'
import type { IssuerRequest } from './issuer-request.ts'

/** What a path of a pool answers, by method. */
export type Endpoint = Readonly<
  Record<string, (request: IssuerRequest) => Answer | Promise<Answer>>
>
