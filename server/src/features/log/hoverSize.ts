import { table } from '../../../../common/table.ts';
import type { Hover } from '../types.ts';
import { LOG_FEATURES } from './words.ts';

const { sizes: WORDS } = LOG_FEATURES;

/** How far a size can reach to both sides of what is pointed at. */
const AROUND = 80;
const PAGE = 32 * 1024;
const UNITS = table<number>({ k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 });

type Reading = (match: RegExpMatchArray) => string | null;

/** Sizes in the units that people read: what Flink, its configuration and the options of the JVM print. */
const SIZES: [RegExp, Reading][] = [
  [/\b(\d{3,15}) bytes\b/g, ([, value]) => ofBytes(Number(value))],
  [/\b(\d{2,12}) pages\b/g, ([, value]) => WORDS.pages({ pages: Number(value), pageSize: PAGE })],
  [
    /-X(mx|ms|mn|ss)(\d+)([kmgt]?)\b/gi,
    ([, option = '', value, unit]) => `${WORDS.jvm[option.toLowerCase() as keyof typeof WORDS.jvm]}: ${withUnit(value, unit)}`,
  ],
  [/-XX:(?=\w*(?:Size|Memory|Limit))(\w+)=(\d+)([kmgt]?)b?\b/gi, ([, option, value, unit]) => `${option}: ${withUnit(value, unit)}`],
  [
    /\b(?:[\w-]+\.)+(?:memory|heap|off-heap|network|managed)[\w.-]*(?:size|min|max|mb)?[,:=] ?(\d+(?:\.\d+)?) ?([kmgt])b?\b/gi,
    ([, value, unit]) => withUnit(value, unit),
  ],
];

export function sizeAt(text: string, offset: number): Hover | null {
  const start = Math.max(0, offset - AROUND);
  const around = text.slice(start, offset + AROUND);
  for (const [pattern, reading] of SIZES) {
    for (const match of around.matchAll(pattern)) {
      const from = start + match.index;
      const end = from + match[0].length;
      if (offset < from || offset > end) continue;
      const markdown = reading(match);
      if (markdown !== null) return { span: { start: from, end }, markdown };
    }
  }
  return null;
}

function ofBytes(bytes: number): string {
  return WORDS.bytes({ bytes, pages: bytes % PAGE === 0 ? bytes / PAGE : null });
}

function withUnit(value: string | undefined, unit: string | undefined): string {
  const bytes = Math.round(Number(value) * (UNITS[(unit ?? '').toLowerCase()] ?? 1));
  return WORDS.withUnit(bytes);
}
