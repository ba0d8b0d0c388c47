// What a subject costs is what its whole process tree costs: the parent and every child it started.
// Linux only: read from /proc (proc(5)).
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100 // USER_HZ, fixed by the Linux ABI

export interface TreeUse {
  /** CPU time of all living processes of the tree, and of those they have waited for. */
  readonly cpuMs: number
  readonly rssBytes: number
  readonly pssBytes: number
  readonly processes: number
}

/** CPU and memory of a process and all its descendants at this moment. */
export function measureTree(pid: number): TreeUse {
  const tree = findTree(pid)
  let cpuMs = 0
  let rssBytes = 0
  let pssBytes = 0
  for (const member of tree) {
    cpuMs += readCpuMs(member)
    const { rss, pss } = readMemory(member)
    rssBytes += rss
    pssBytes += pss
  }
  return { cpuMs, rssBytes, pssBytes, processes: tree.length }
}

/** CPU alone: cheap enough to read around every round. */
export function treeCpuMs(pid: number): number {
  return findTree(pid).reduce((sum, member) => sum + readCpuMs(member), 0)
}

/** The process and its descendants. */
export function findTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(readStat(Number(name))?.[1])
    if (!Number.isNaN(parent)) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree: number[] = []
  const queue = [root]
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    tree.push(pid)
    queue.push(...(children.get(pid) ?? []))
  }
  return tree
}

/** Fields of /proc/pid/stat after the command name: state, ppid, … */
function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // it has left in the meantime
  }
}

function readCpuMs(pid: number): number {
  const fields = readStat(pid)
  if (fields === undefined) return 0
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
  return (ticks * 1_000) / TICKS_PER_SECOND
}

export function readMemory(pid: number): { rss: number; pss: number } {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const field = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1_024
    return { rss: field('Rss'), pss: field('Pss') }
  } catch {
    return { rss: 0, pss: 0 }
  }
}
