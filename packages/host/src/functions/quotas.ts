/** "Lambda quotas" in the Lambda developer guide, where this host keeps to them. */
export const LAMBDA_QUOTAS = {
  maxLayers: 5,
  maxTags: 50,
  maxEnvironmentBytes: 4_096,
  maxTimeoutSeconds: 900,
  minMemoryMb: 128,
  maxMemoryMb: 10_240,
  /** Of an archive that is part of a request. */
  maxDirectZipBytes: 52_428_800,
  maxUnpackedBytes: 262_144_000,
  maxPolicyBytes: 20_480,
  maxSyncPayloadBytes: 6_291_456,
  maxAsyncPayloadBytes: 1_048_576,
} as const
