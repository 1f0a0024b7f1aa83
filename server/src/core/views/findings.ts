import type { Draft } from '../model.ts';
import { bullets, escapeMarkdown } from '../wording.ts';
import { CERTAINTY, FINDING } from './words.ts';

type Told = Pick<Draft, 'certainty' | 'message' | 'details' | 'advice' | 'evidence' | 'missing'>;

/** The one line of a finding in lists: its message, with its certainty where it is not proved. */
export const headline = ({ certainty, message }: Pick<Told, 'certainty' | 'message'>): string => `${CERTAINTY[certainty]}${message}`;

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
