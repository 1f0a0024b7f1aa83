import type { Finding, FlinkVersion } from '../model.ts';
import { escapeMarkdown } from '../wording.ts';
import { toldFindings, type Verdict } from './verdict.ts';
import { FINDING, TICKET } from './words.ts';

/** A ticket is read on a telephone: so many lines say what is the matter. */
const MAX_LINES = 10;

/**
 * What is wrong with a file in at most ten lines of Markdown: the verdict, where it stands, what it rests on, what to do.
 * Lines count from 0.
 */
export function ticket(
  { findings, flinkVersion }: { findings: readonly Finding[]; flinkVersion: FlinkVersion | null },
  { name, verdict, lineOf }: { name: string; verdict: Verdict; lineOf: (offset: number) => number },
): string {
  const worst = verdict.finding;
  const others = toldFindings(findings).filter((one) => one !== worst);
  const version = flinkVersion?.range ?? null;
  const rest = others.length === 0 ? [] : [TICKET.others(others.length)];
  if (worst === null) return `${[`**${escapeMarkdown(verdict.text)}**`, TICKET.file(escapeMarkdown(name), null, version), ...rest].join('\n')}\n`;
  const middle = [
    ...worst.details.map((line) => `- ${escapeMarkdown(line)}`),
    ...worst.evidence.map((line) => `- *${FINDING.evidence}* ${escapeMarkdown(line)}`),
    ...worst.missing.map((line) => `- *${FINDING.missing}* ${escapeMarkdown(line)}`),
  ];
  const advised = [worst, ...others].find((one) => one.advice.length > 0)?.advice ?? [];
  const advice = advised.map((line) => `- *${FINDING.toDo}* ${escapeMarkdown(line)}`).slice(0, 3);
  const head = [`**${escapeMarkdown(verdict.text)}**`, TICKET.file(escapeMarkdown(name), lineOf(worst.at.span.start) + 1, version), ''];
  const room = MAX_LINES - head.length - advice.length - rest.length;
  return `${[...head, ...middle.slice(0, room), ...advice, ...rest].join('\n')}\n`;
}
