import { SCHEME } from '../../../common/ids.ts';
import { report } from '../core/index.ts';
import type { Analysed } from './documents.ts';

/** Virtual documents: `logjam:/<name>.report.md?<source uri>`. */

export function reportUri(source: string): string {
  const name = decodeURIComponent(source.slice(source.lastIndexOf('/') + 1));
  return `${SCHEME}:/${encodeURIComponent(`${name}.report.md`)}?${encodeURIComponent(source)}`;
}

function sourceOf(uri: string): string | null {
  const query = uri.indexOf('?');
  return query === -1 ? null : decodeURIComponent(uri.slice(query + 1));
}

export async function contentOf(uri: string, analysed: (uri: string) => Promise<Analysed | null>): Promise<string | null> {
  const source = sourceOf(uri);
  const document = source === null ? null : await analysed(source);
  if (document === null || source === null) return null;
  return report(document.analysis, decodeURIComponent(source.slice(source.lastIndexOf('/') + 1))) ?? null;
}
