import { isLeftover } from './leftovers.ts';

/** An entry of a zip archive, as its directory tells: nothing of it is to be trusted but that it lies within the bytes. */
export interface ZipEntry {
  name: string;
  /** Bytes as they are in the archive. */
  packed: Uint8Array;
  /** Bytes that it claims to expand to. */
  size: number;
  /** 0: stored, 8: deflate. */
  method: number;
  encrypted: boolean;
}

export interface ZipDirectory {
  entries: ZipEntry[];
  /** Entries that were not looked at because there are too many. */
  more: number;
}

/** Signatures, as little-endian numbers. */
const END = 0x06054b50;
const END_64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Of the end record without its comment, which is at most 64 KiB long. */
const END_SIZE = 22;
const COMMENT = 0xffff;

/**
 * Reads the directory of a zip archive (PKWARE APPNOTE 6.3.9), without folders and empty entries.
 * @throws Error that says why it cannot be read; entries that lie over one another are a reason: no program writes them so
 */
export function readZip(bytes: Uint8Array, most: number): ZipDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const found: { entry: ZipEntry; start: number; stop: number }[] = [];
  let at = end.directory;
  let more = 0;
  for (let number = 0; number < end.count; number++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw new Error('its directory is damaged');
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    if (found.length >= most) {
      more = end.count - number;
      break;
    }
    const one = entryAt(view, bytes, at, end.shift);
    if (one !== null) found.push(one);
    at += 46 + nameLength + extraLength + commentLength;
  }
  found.sort((a, b) => a.start - b.start);
  for (const [index, one] of found.entries())
    if (index > 0 && one.start < (found[index - 1]?.stop ?? 0)) throw new Error('its entries overlap, as only in an archive made to do harm');
  return { entries: found.map(({ entry }) => entry), more };
}

/** Where the directory begins, how many entries it has, and by how much all offsets are off: something may stand before the archive. */
function endOf(view: DataView): { directory: number; count: number; shift: number } {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    let count = view.getUint16(at + 10, true);
    let size = view.getUint32(at + 12, true);
    let offset = view.getUint32(at + 16, true);
    let stop = at;
    const wide = at >= 20 ? Number(view.getBigUint64(at - 20 + 8, true)) : -1;
    if ((count === 0xffff || offset === 0xffffffff) && wide >= 0 && wide + 56 <= at && view.getUint32(wide, true) === END_64) {
      count = Number(view.getBigUint64(wide + 32, true));
      size = Number(view.getBigUint64(wide + 40, true));
      offset = Number(view.getBigUint64(wide + 48, true));
      stop = wide;
    }
    const shift = stop - size - offset;
    if (shift < 0) throw new Error('its directory is damaged');
    return { directory: offset + shift, count, shift };
  }
  throw new Error('it has no directory: it may be cut off');
}

/** macOS writes UTF-8 and does not say so; older programs on Windows write `\` between folders. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  return decoded(bytes, isUtf8).replaceAll('\\', '/');
}

function decoded(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** Null for a folder, for what is empty, and for what an operating system has left beside a person's files. */
function entryAt(view: DataView, bytes: Uint8Array, at: number, shift: number): { entry: ZipEntry; start: number; stop: number } | null {
  const flags = view.getUint16(at + 8, true);
  const nameStart = at + 46;
  const nameEnd = nameStart + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  if (extraEnd > bytes.length) throw new Error('its directory is damaged');
  const name = nameOf(bytes.subarray(nameStart, nameEnd), (flags & 0x800) !== 0);
  let packedSize = view.getUint32(at + 20, true);
  let size = view.getUint32(at + 24, true);
  let offset = view.getUint32(at + 42, true);
  // Zip64: the numbers that do not fit stand in a field of their own, in this order.
  if (packedSize === 0xffffffff || size === 0xffffffff || offset === 0xffffffff) {
    let field = nameEnd;
    while (field + 4 <= extraEnd && view.getUint16(field, true) !== 1) field += 4 + view.getUint16(field + 2, true);
    field += 4;
    const next = () => {
      if (field + 8 > extraEnd) throw new Error('its directory is damaged');
      field += 8;
      return Number(view.getBigUint64(field - 8, true));
    };
    if (size === 0xffffffff) size = next();
    if (packedSize === 0xffffffff) packedSize = next();
    if (offset === 0xffffffff) offset = next();
  }
  if (name.endsWith('/') || isLeftover(name) || packedSize === 0 || (size === 0 && packedSize <= 2)) return null;
  const start = offset + shift;
  if (start + 30 > bytes.length || view.getUint32(start, true) !== LOCAL) throw new Error(`its entry ${name} is damaged`);
  const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const stop = data + packedSize;
  if (stop > bytes.length) throw new Error(`its entry ${name} is cut off`);
  return {
    entry: { name, packed: bytes.subarray(data, stop), size, method: view.getUint16(at + 10, true), encrypted: (flags & 1) !== 0 },
    start,
    stop,
  };
}
