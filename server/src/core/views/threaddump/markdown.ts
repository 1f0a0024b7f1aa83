import { simpleName } from '../../analysis/threaddump/names.ts';
import { escapeMarkdown } from '../../wording.ts';

/** A text as it stands. */
export function fence(text: string): string {
  return `\`\`\`text\n${text.replaceAll('```', "'''").trimEnd()}\n\`\`\``;
}

/** "Class.method:12" of a frame with its package. */
export function shortFrame(frame: string): string {
  const method = frame.lastIndexOf('.', frame.includes('(') ? frame.indexOf('(') : undefined);
  return `${simpleName(frame.slice(0, method))}${frame.slice(method)}`;
}

/** A link to a line, which counts from 0. */
export const lineLink = (text: string, uri: string, line: number): string => `[${escapeMarkdown(text)}](<${uri}#L${line + 1}>)`;
