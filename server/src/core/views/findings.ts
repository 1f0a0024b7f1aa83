import type { Draft } from '../model.ts';
import { headline } from '../rules/saying.ts';
import { bullets, escapeMarkdown } from '../wording.ts';
import { FINDING } from './words.ts';

type Told = Pick<Draft, 'certainty' | 'message' | 'details' | 'advice' | 'evidence' | 'missing'>;

const MAX_LINES = 20;

/** All that is said about a finding, as paragraphs of Markdown; the headline is the first. */
export function findingMarkdown(finding: Told): string[] {
  const { details, advice, evidence, missing } = finding;
  return [
    `**${escapeMarkdown(headline(finding))}**`,
    details.map(escapeMarkdown).join(' '),
    advice.length === 0 ? '' : `*${FINDING.toDo}* ${advice.map(escapeMarkdown).join(' ')}`,
    listed(FINDING.evidence, evidence),
    listed(FINDING.missing, missing),
  ].filter((part) => part !== '');
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `*${title}*\n\n${bullets(lines.slice(0, MAX_LINES).map(escapeMarkdown))}`;
}
