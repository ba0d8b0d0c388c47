import { randomUUID } from 'node:crypto'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import { LATEST } from './function-identifier.ts'
import type { FunctionRecord } from './function-record.ts'

/** What the API tells of a function that an app file describes. Its variables stay with the app. */
export function createAppFunction(
  configuration: FunctionConfiguration,
  previous: FunctionRecord | undefined,
): FunctionRecord {
  const { functionName, runtime, handler, codeDir, timeoutMs, memorySizeMb } = configuration
  const now = new Date().toISOString()
  return {
    functionName,
    scope: DEFAULT_SCOPE,
    origin: 'app',
    createdAt: previous?.createdAt ?? now,
    latest: {
      version: LATEST,
      code: { kind: 'folder', dir: codeDir },
      settings: {
        runtime,
        handler,
        role: `arn:aws:iam::${DEFAULT_SCOPE.accountId}:role/catamaran-app`,
        description: '',
        timeout: timeoutMs / 1_000,
        memorySize: memorySizeMb,
        layers: [],
        unused: { architectures: [hostArchitecture()], ephemeralStorageMb: 512 },
      },
      lastModified: now,
      revisionId: randomUUID(),
    },
    versions: [],
    nextVersion: 1,
    aliases: [],
    policies: {},
    reservedConcurrency: configuration.reservedConcurrency,
    tags: {},
  }
}

/** Code runs on whatever this machine is. */
export function hostArchitecture(): 'x86_64' | 'arm64' {
  return process.arch === 'arm64' ? 'arm64' : 'x86_64'
}
