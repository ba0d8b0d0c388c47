// A zip writer of its own, so that a test can write what no tool would: APPNOTE.TXT 6.3.10, 4.3.7 ff.
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  /** A Unix mode with its type bits; default a regular file of mode 644. */
  readonly mode?: number
  readonly isStored?: boolean
  /** Bit 0: encrypted. Bit 11: the name is UTF-8. */
  readonly flags?: number
  /** What the archive claims instead of the truth. */
  readonly claims?: { readonly crc32?: number; readonly uncompressedSize?: number }
  /** Points at the local header of the entry with this index instead of having its own. */
  readonly sharesBytesOf?: number
}

const MADE_ON_UNIX = 3 << 8
const UTF8_NAME = 0x800

/** The archive of some entries. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  const offsets: number[] = []
  let offset = 0
  for (const entry of entries) {
    const { name, content = '', mode = 0o100_644, isStored = false, claims } = entry
    const bytes = Buffer.from(content)
    const data = isStored ? bytes : deflateRawSync(bytes)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0) // version needed
    head.writeUInt16LE(entry.flags ?? UTF8_NAME, 2)
    head.writeUInt16LE(isStored ? 0 : 8, 4)
    head.writeUInt32LE(claims?.crc32 ?? crc32(bytes), 10)
    head.writeUInt32LE(data.length, 14)
    head.writeUInt32LE(claims?.uncompressedSize ?? bytes.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const start = entry.sharesBytesOf === undefined ? offset : (offsets[entry.sharesBytesOf] ?? 0)
    offsets.push(start)
    if (entry.sharesBytesOf === undefined) {
      const header = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name)])
      local.push(header, data)
      offset += header.length + data.length
    }
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE((mode << 16) >>> 0, 6)
    tail.writeUInt32LE(start, 10)
    const made = Buffer.alloc(2)
    made.writeUInt16LE(MADE_ON_UNIX | 20)
    central.push(Buffer.from('PK\u0001\u0002'), made, head, tail, Buffer.from(name))
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

/** The archive of some text files; what begins with `#!` is executable. */
export function zipFiles(files: Readonly<Record<string, string>>): Buffer {
  return zipOf(
    Object.entries(files).map(([name, content]) => ({
      name,
      content,
      mode: content.startsWith('#!') ? 0o100_755 : 0o100_644,
    })),
  )
}
