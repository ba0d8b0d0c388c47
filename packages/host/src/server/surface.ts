import type { Exchange } from '../http/exchange.ts'

/** One of those who answer what no feature serves by its path. */
export interface Surface {
  owns(exchange: Exchange): boolean
  serve(exchange: Exchange): Promise<void>
}
