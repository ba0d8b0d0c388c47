import { readFileSync } from 'node:fs'

const PAGE_KB = 4 // x64 and arm64 with 4 KiB pages; larger pages would only raise the limit

/**
 * What a bare runtime occupies before any of the function's code: never taken for a leak, so that a
 * function of 128 MB is not killed for its interpreter.
 */
const RUNTIME_FLOOR_MB = 96

/** Resident memory of a process in MB; undefined once it has left, and on systems without /proc. */
export function residentMb(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1])
    return Number.isNaN(pages) ? undefined : Math.ceil((pages * PAGE_KB) / 1024)
  } catch {
    return undefined
  }
}

/** At how many MB a process is ended. */
export function memoryLimitMb(memorySizeMb: number): number {
  return Math.max(memorySizeMb, RUNTIME_FLOOR_MB)
}

/** The share of the memory V8's heap may have: it collects harder before the limit is reached. */
export function heapLimitMb(memorySizeMb: number): number {
  return Math.max(64, memorySizeMb - 48)
}
