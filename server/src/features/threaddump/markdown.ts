import { quoted } from '../../core/analysis/threaddump/words.ts';
import { oneLine } from '../../core/text.ts';

/** Names and classes come from the file: nothing in them may act as Markdown. */
export function plain(text: string): string {
  return oneLine(text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&'));
}

export function code(text: string): string {
  const line = oneLine(text);
  const fence = line.includes('`') ? '``' : '`';
  return `${fence}${fence === '``' ? ' ' : ''}${line}${fence === '``' ? ' ' : ''}${fence}`;
}

/** A thread's name in bold, cut where it is very long. */
export function bold(name: string): string {
  return `**${plain(quoted(name))}**`;
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
