// The public entry of the package: a host inside a program or a test.
export type { AppDefinition } from './server/app-definition.ts'
export { startHost, type StartHostOptions } from './server/start-host.ts'
export type { Host } from './server/host.ts'
