import type { Level } from './model.ts';

/** "Nov 20, 2025 8:01:00 PM" of java.util.logging, in the languages of the JVM's locale. Source of a regular expression. */
export const JUL_STAMP =
  '(?:[^\\s\\d,]{1,10}|\\d{1,2}[月월]) \\d{1,2}, \\d{4} \\d{1,2}:\\d\\d:\\d\\d(?:[ \\u00a0\\u202f](?:AM|PM|a\\.?\\s?m\\.?|p\\.?\\s?m\\.?|上午|下午|午前|午後|오전|오후))?';

/** Names of the levels, as java.util.logging translates them. */
const LEVELS: readonly (readonly [Level, string])[] = [
  ['ERROR', 'SEVERE|SCHWERWIEGEND|GRAVE|严重|嚴重|致命的|심각|GRAVE|СЕРЬЕЗНАЯ'],
  ['WARN', 'WARNING|WARNUNG|AVERTISSEMENT|ADVERTENCIA|AVVERTENZA|警告|경고|ПРЕДУПРЕЖДЕНИЕ'],
  ['INFO', 'INFO|INFORMATION|INFOS|INFORMACIÓN|INFORMAZIONI|信息|資訊|情報|정보|ИНФОРМАЦИЯ|CONFIG|KONFIGURATION|CONFIGURAÇÃO|配置|構成|구성'],
  ['DEBUG', 'FINE|FEIN|PRÉCIS|详细|細'],
  ['TRACE', 'FINER|FINEST|FEINER|FEINSTER|较详细|非常详细'],
];

const BY_NAME = new Map(LEVELS.flatMap(([level, names]) => names.split('|').map((name) => [name, level] as const)));
const SECOND_LINE = new RegExp(`^\\r?\\n(${[...BY_NAME.keys()].join('|')}): (.*)`);

/** Level and message, which java.util.logging prints on a line of their own; `rest` begins with the line break before it. */
export function julMessage(rest: string): { level: Level; message: string } | null {
  const match = SECOND_LINE.exec(rest);
  if (match === null) return null;
  return { level: BY_NAME.get(match[1] as string) as Level, message: match[2] as string };
}
