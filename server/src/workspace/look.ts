import type { Look } from '../../../common/contracts.ts';
import { setOf } from '../../../common/virtual.ts';
import { detect } from '../core/detect.ts';
import { LARGE_FILE } from '../core/log/streaming/largeFile.ts';
import { restPart } from '../core/rest/detect.ts';
import { textsIn } from './archives.ts';
import type { FileSystem } from './fileSystem.ts';
import { opener } from './lines.ts';
import type { Platform } from './platform.ts';

/** What a file is, by its beginning alone. Null where there is no such file, or no text in it; rejects where it cannot be read. */
export async function lookAt(files: FileSystem, platform: Platform, uri: string): Promise<Look | null> {
  if (setOf(uri) !== null) return { kind: 'flink-log', packed: false };
  const stat = await files.stat(uri);
  if (stat?.folder === true) return null;
  if (stat !== null && stat.size > LARGE_FILE) {
    const open = platform.streams === null ? null : await opener(files, uri);
    const head = open === null ? null : await platform.streams?.headOf(open);
    if (head == null) return null;
    // What is in a large archive shows when it is opened.
    return head.kind === 'packed' ? { kind: 'unknown', packed: true } : { kind: head.kind, packed: false };
  }
  const found = await textsIn(files, platform, uri);
  const first = found?.texts[0];
  if (found == null || first === undefined) return null;
  const { kind } = detect(first.text);
  const part = kind === 'rest-document' ? restPart(first.text) : null;
  return { kind, packed: found.packed, ...(part === null ? {} : { restPart: part }) };
}
