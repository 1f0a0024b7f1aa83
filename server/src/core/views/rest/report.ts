import type { RestAnalysis } from '../../analysis/rest/model.ts';
import { escapeMarkdown } from '../../wording.ts';

export function restReport({ findings }: RestAnalysis, title: string): string {
  return [`# ${escapeMarkdown(title)}`, ...findings.map(({ message }) => `- ${escapeMarkdown(message)}`), ''].join('\n');
}
