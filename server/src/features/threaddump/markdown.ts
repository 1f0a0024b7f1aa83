import { escapeMarkdown, quoted } from '../../core/wording.ts';

/** A thread's name in bold, cut where it is very long. */
export function bold(name: string): string {
  return `**${escapeMarkdown(quoted(name))}**`;
}
