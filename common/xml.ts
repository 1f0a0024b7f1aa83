import { table } from './table.ts';
import { visible } from './visible.ts';

const ESCAPES = table<string>({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });

/** For element content and attribute values; what XML does not allow is written out. */
export function escapeXml(text: string): string {
  return visible(text)
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}
