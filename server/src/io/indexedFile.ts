import { ByteReader } from './byteReader.ts';
import { type JavaObject, type JavaValue, readJavaObject, STREAM_HEAD } from './javaObject.ts';
import type { Block } from './tfile.ts';

/**
 * What a NodeManager of YARN gathers of an application's containers where `yarn.log-aggregation.file-formats` is IndexedFile: the
 * files one after the other, each packed for itself, and at the end a list of them, a serialized object. What was gathered while
 * the application ran is followed by a list each time; the last one tells of all.
 * Source: org.apache.hadoop.yarn.logaggregation.filecontroller.ifile.LogAggregationIndexedFileController.
 */

export interface IndexedEntry {
  /** "container_1700000000000_0001_01_000002/taskmanager.log" */
  name: string;
  block: Block;
}

/** What the file begins and ends with: the SHA-256 of the application's id; before Hadoop 3.2 a UUID as text. */
const IDS = [32, 36];

/** The list of its files, where it is a whole one. */
function listOf(bytes: Uint8Array): Uint8Array | null {
  for (const id of IDS) {
    const end = bytes.length - id;
    if (end < 2 * id || !bytes.subarray(0, id).every((byte, at) => byte === bytes[end + at])) continue;
    const length = new ByteReader(bytes, end - 4).unsigned(4);
    const from = end - 4 - length;
    if (from >= id && STREAM_HEAD.every((byte, at) => bytes[from + at] === byte)) return bytes.subarray(from, end - 4);
  }
  return null;
}

export const isIndexedFile = (bytes: Uint8Array): boolean => listOf(bytes) !== null;

/** Its files, in the order in which they were gathered; null where the list of them makes no sense. */
export function indexedEntries(bytes: Uint8Array): IndexedEntry[] | null {
  try {
    const list = objectOf(readJavaObject(listOf(bytes) ?? new Uint8Array()));
    const codec = String(list.fields.get('compressName'));
    const cycles = objectOf(list.fields.get('logMetas')).written;
    const entries = cycles.flatMap((cycle) => {
      // Containers and their files in turns.
      const containers = objectOf(objectOf(cycle).fields.get('logMetas')).written.filter((_, at) => at % 2 === 1);
      return containers.flatMap((files) => objectOf(files).written.map((file) => entryOf(objectOf(file).fields, bytes, codec)));
    });
    return entries.sort((one, other) => one.block.packed.byteOffset - other.block.packed.byteOffset);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

function entryOf(fields: JavaObject['fields'], bytes: Uint8Array, codec: string): IndexedEntry {
  const number = (name: string) => Number(fields.get(name));
  const packed = new ByteReader(bytes, number('startIndex')).take(number('fileCompressedSize'));
  return { name: `${fields.get('containerId')}/${fields.get('fileName')}`, block: { packed, size: number('fileSize'), codec } };
}

function objectOf(value: JavaValue | undefined): JavaObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError('no object');
  return value;
}
