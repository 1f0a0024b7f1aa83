import { table } from '../../../../common/table.ts';

/** `&lt;`, `&#60;`, `&#x3c;`: decimal, hexadecimal and named references. */
const REFERENCE = '&(?:#(\\d{1,7})|#[xX]([\\da-fA-F]{1,6})|([A-Za-z]{2,8}));';
const NAMED = table<string>({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ', tab: '\t', newline: '\n' });
const ENTITIES = new RegExp(REFERENCE, 'g');

/** References, line breaks and the tags that pages put around text. */
export const MARKUP = new RegExp(
  `${REFERENCE}|<br\\s{0,9}/?>(\\r?\\n)?|</?(?:html|head|body|pre|p|div|code|span|font|table|tbody|td|th|tr|ul|ol|li|b|i)\\b[^<>\\n]{0,300}>`,
  'gi',
);

/** What a match of {@link MARKUP} stands for. */
export function markupValue(found: string, decimal?: string, hex?: string, name?: string, end?: string): string {
  if (found.startsWith('&')) return reference(found, decimal, hex, name);
  return /^<br/i.test(found) ? (end ?? '\n') : '';
}

function reference(found: string, decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? found;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : found;
}

/** Undoes references and line breaks of a label; Flink's REST escapes descriptions (JsonPlanGenerator). */
export function decodeHtml(text: string): string {
  if (!text.includes('&') && !text.includes('<')) return text;
  return text
    .replace(/<br\s{0,9}\/?>/gi, '\n')
    .replace(ENTITIES, reference)
    .replace(/(?<!\n)\n+$/, '');
}
