import type * as NodeHttp from 'node:http'

/**
 * `node:http`, without the cost of importing it by name: an ES import of that module reads every
 * export, one of which loads Node's whole fetch (measured: 25 ms and 13 MB of every process).
 */
export const http: typeof NodeHttp = process.getBuiltinModule('node:http')
