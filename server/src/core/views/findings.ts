import type { Draft, Finding } from '../model.ts';
import { headline } from '../rules/saying.ts';
import { bullets, escapeMarkdown, sentences } from '../wording.ts';
import { FINDING } from './words.ts';

type Told = Pick<Draft, 'certainty' | 'message' | 'details' | 'advice' | 'evidence' | 'missing'>;

const MAX_LINES = 20;

/** All that is said about a finding, as paragraphs of Markdown; the headline is the first. */
export function findingMarkdown(finding: Told): string[] {
  const { details, advice, evidence, missing } = finding;
  return [
    `**${escapeMarkdown(headline(finding))}**`,
    sentences(details.map(escapeMarkdown)),
    advice.length === 0 ? '' : sentences([`*${FINDING.toDo}*`, ...advice.map(escapeMarkdown)]),
    listed(FINDING.evidence, evidence),
    listed(FINDING.missing, missing),
  ].filter((part) => part !== '');
}

/** What stands behind the headline of a finding, as items of a list. */
export function behindHeadline({ details, advice, evidence, missing }: Told): string[] {
  return [
    ...details.map((line) => `- ${escapeMarkdown(line)}`),
    ...advice.map((line) => `- *${FINDING.toDo}* ${escapeMarkdown(line)}`),
    ...evidence.map((line) => `- *${FINDING.evidence}* ${escapeMarkdown(line)}`),
    ...missing.map((line) => `- *${FINDING.missing}* ${escapeMarkdown(line)}`),
  ];
}

/** Findings behind the verdict of a report, which is the headline of the first one: what that leaves out, and the others with all about them. */
export function behindVerdict([worst, ...others]: readonly Finding[], lineOf: (finding: Finding) => string, most: number): string[] {
  if (worst === undefined) return [];
  const further = others.slice(0, most).flatMap((one) => [`- ${lineOf(one)}`, ...behindHeadline(one).map((line) => `  ${line}`)]);
  if (others.length > most) further.push(`- ${FINDING.more(others.length - most)}`);
  return [behindHeadline(worst).join('\n'), further.length === 0 ? '' : [`## ${FINDING.others}`, '', ...further].join('\n')].filter(
    (part) => part !== '',
  );
}

function listed(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `*${title}*\n\n${bullets(lines.slice(0, MAX_LINES).map(escapeMarkdown))}`;
}
