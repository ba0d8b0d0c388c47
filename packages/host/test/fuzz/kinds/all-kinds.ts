import type { RequestKind } from '../request-kind.ts'
import { callerKinds } from './caller-kinds.ts'
import { gatewayKinds } from './gateway-kinds.ts'
import { goodKinds } from './good-kinds.ts'
import { runtimeKinds } from './runtime-kinds.ts'
import { issuerKinds } from './issuer-kinds.ts'
import { argumentKinds } from './argument-kinds.ts'
import { onHull } from './hull-kind.ts'
import { messageKinds } from './message-kinds.ts'
import { revisionKinds } from './revision-kinds.ts'
import { pathKinds } from './path-kinds.ts'
import { transportKinds } from './transport-kinds.ts'

const mcpKinds = [...messageKinds, ...argumentKinds, ...revisionKinds]

/** Every way to be wrong, and a few good calls in between. */
export const allKinds: readonly RequestKind[] = [
  ...onHull('gateway', mcpKinds),
  ...callerKinds('gateway'),
  ...gatewayKinds,
  ...onHull('runtime', mcpKinds),
  ...callerKinds('runtime'),
  ...runtimeKinds,
  ...issuerKinds,
  ...pathKinds,
  ...transportKinds,
  ...goodKinds,
]
