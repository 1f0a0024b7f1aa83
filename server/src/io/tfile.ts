/**
 * What a NodeManager of YARN gathers of an application's containers (`/tmp/logs/USER/…/APPLICATION/NODE_PORT`): a TFile whose
 * keys are containers and whose values are their files one after the other.
 * Source: org.apache.hadoop.io.file.tfile.BCFile, TFile, Chunk and Utils; org.apache.hadoop.yarn.logaggregation.AggregatedLogFormat.
 */

import { joined } from '../../../common/joined.ts';
import { ByteReader } from './byteReader.ts';

/** A run of bytes of the file, and how it is packed: `none`, `gz` (zlib without the head of gzip), or what is not read. */
export interface Block {
  packed: Uint8Array;
  /** Bytes that are in it. */
  size: number;
  codec: string;
}

export interface ContainerFile {
  /** "container_1700000000000_0001_01_000002/taskmanager.log" */
  name: string;
  bytes: Uint8Array;
}

const MAGIC = [0xd1, 0x11, 0xd3, 0x68, 0x91, 0xb5, 0xd7, 0xb6, 0x39, 0xdf, 0x41, 0x40, 0x92, 0xba, 0xe1, 0x50];
/** The file ends with the place of its directory (8 bytes), two halves of a version (2 each) and the magic number again. */
const TAIL = 8 + 4 + MAGIC.length;
const DATA_INDEX = 'data:BCFile.index';
/** Keys of what is told of the application. */
const RESERVED: ReadonlySet<string> = new Set(['VERSION', 'APPLICATION_OWNER', 'APPLICATION_ACL']);

export const isTFile = (bytes: Uint8Array): boolean => MAGIC.every((byte, at) => bytes[at] === byte);

/**
 * The blocks with its entries; null where there is no directory of them, as when it breaks off. `unpack` gives what is in the
 * block of an index, null where it cannot.
 */
export function blocksOf(bytes: Uint8Array, unpack: (block: Block) => Uint8Array | null): Block[] | null {
  const tail = bytes.length - TAIL;
  if (tail < MAGIC.length || !isTFile(bytes.subarray(tail + 8 + 4))) return null;
  const directory = new HadoopReader(bytes, Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(tail)));
  try {
    for (let left = directory.number(); left > 0; left--) {
      const name = directory.text(directory.number());
      const codec = directory.text(directory.number());
      const block = blockAt(directory, bytes, codec);
      if (name === DATA_INDEX) return listed(unpack(block), bytes);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

function listed(index: Uint8Array | null, bytes: Uint8Array): Block[] | null {
  if (index === null) return null;
  const list = new HadoopReader(index, 0);
  const codec = list.text(list.number());
  const blocks: Block[] = [];
  for (let left = list.number(); left > 0; left--) blocks.push(blockAt(list, bytes, codec));
  return blocks;
}

function blockAt(from: HadoopReader, bytes: Uint8Array, codec: string): Block {
  const [start, length, size] = [from.number(), from.number(), from.number()];
  return { packed: new HadoopReader(bytes, start).take(length), size, codec };
}

/** What stands behind the first magic number, for a file without a directory. */
export const allOf = (bytes: Uint8Array): Block => ({ packed: bytes.subarray(MAGIC.length), size: bytes.length - MAGIC.length, codec: 'none' });

/** The files in a block that is not packed any more, without those that nothing was written to; `torn`: it ends, or makes no sense, in the middle of the last one. */
export function filesIn(block: Uint8Array): { files: ContainerFile[]; torn: boolean } {
  const files: ContainerFile[] = [];
  const records = new HadoopReader(block, 0);
  try {
    while (records.left > 0) {
      const container = keyOf(new HadoopReader(records.take(records.number()), 0));
      const { bytes, torn } = wholeValue(records);
      const value = new HadoopReader(bytes, 0);
      while (!RESERVED.has(container) && value.left > 0) {
        const name = value.text(value.short());
        const size = Number(value.text(value.short()));
        const content = value.take(torn ? Math.min(size, value.left) : size);
        if (content.length > 0) files.push({ name: `${container}/${name}`, bytes: content });
      }
      if (torn) return { files, torn };
    }
    return { files, torn: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { files, torn: true };
  }
}

const keyOf = (key: HadoopReader): string => key.text(key.short());

/** A value comes in chunks; the length of each but the last is negative. */
function wholeValue(from: HadoopReader): { bytes: Uint8Array; torn: boolean } {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const length = from.number();
    const torn = Math.abs(length) > from.left;
    chunks.push(from.take(Math.min(from.left, Math.abs(length))));
    if (torn || length >= 0) return { bytes: joined(chunks), torn };
  }
}

/** Reads what Hadoop writes, from a place on; throws a RangeError where that is not there. */
class HadoopReader extends ByteReader {
  /** A number as Utils.writeVLong writes it: the first byte says how many follow and holds the highest bits. */
  number(): number {
    const first = (this.unsigned(1) << 24) >> 24;
    if (first >= -32) return first;
    const rung = Math.floor((first + 128) / 8);
    if (rung >= 7) return (first + 52) * 2 ** 8 + this.unsigned(1);
    if (rung >= 3) return (first + 88) * 2 ** 16 + this.unsigned(2);
    if (rung >= 1) return (first + 112) * 2 ** 24 + this.unsigned(3);
    const length = first + 129;
    const high = this.unsigned(4) | 0;
    return high * 2 ** (8 * (length - 4)) + this.unsigned(length - 4);
  }
}
