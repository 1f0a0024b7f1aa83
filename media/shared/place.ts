import type { Place } from '../../common/span.ts';
import { baseName } from '../../common/virtual.ts';
import { count } from './dom.ts';

/** "line 12", with the name of the file where several were read as one. */
export function placeName({ uri, start }: Place): string {
  const line = `line ${count(start.line + 1)}`;
  return uri === undefined ? line : `${baseName(uri)}, ${line}`;
}
