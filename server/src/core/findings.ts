import type { Span } from '../../../common/span.ts';
import type { Draft, Fact, Finding, Location, Severity } from './model.ts';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Compares two severities for sorting, worst first. */
export const bySeverity = (a: Severity, b: Severity): number => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

/** Where a file begins in the count of offsets through several files that were read as one. */
interface FileStart {
  uri: string;
  offset: number;
}

/**
 * Puts what the rules found into its documents and gives it its fingerprint.
 *
 * @param files those that were read as one, in order; none: the spans are of the document itself
 */
export function settle(drafts: readonly Draft[], uri: string, files: readonly FileStart[] = []): Finding[] {
  const twins = new Map<string, number>();
  const where = (span: Span): Location => locate(span, uri, files);
  return drafts.map(({ span, related, key, ...rest }) => {
    const mark = markOf(rest, key);
    const twin = (twins.get(mark) ?? 0) + 1;
    twins.set(mark, twin);
    return {
      ...rest,
      at: where(span),
      related: related.map((one) => ({ message: one.message, at: where(one.span) })),
      fingerprint: twin === 1 ? mark : `${mark}-${twin}`,
    };
  });
}

function locate(span: Span, uri: string, files: readonly FileStart[]): Location {
  const file = files.findLast(({ offset }) => offset <= span.start) ?? files[0];
  if (file === undefined) return { document: uri, span };
  return { document: file.uri, span: { start: span.start - file.offset, end: span.end - file.offset } };
}

/** What stays when the same thing is found again: its code and its names, without numbers that are new each time. */
function markOf({ code, knownIssue, facts, message }: Omit<Draft, 'span' | 'related'>, key: readonly string[] | undefined): string {
  const names = key ?? Object.keys(facts).filter((name) => typeof facts[name] === 'string');
  const parts = [...names].sort().map((name) => `${name}=${steady(textOf(facts[name] ?? null))}`);
  // A rule that gives no facts yet is known by its message.
  if (Object.keys(facts).length === 0) parts.push(steady(message));
  return fingerprint([code, knownIssue ?? '', ...parts].join('\n'));
}

const textOf = (fact: Fact): string => (typeof fact === 'string' ? fact : JSON.stringify(fact));

/** Addresses, ids of executions and jobs, then numbers that are no part of a name: numbers of threads, subtasks and attempts, counts. */
const CHANGING = /0x[0-9a-f]+|\b[0-9a-f]{16,}\b|(?<![A-Za-z_$\d.])\d[\d.,]*/gi;

const steady = (text: string): string => text.replace(CHANGING, '#');

/** A text in 16 hexadecimal digits: two runs of FNV-1a with different beginnings, enough that findings of a fleet do not meet by chance. */
export function fingerprint(text: string): string {
  let high = 0x811c9dc5;
  let low = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ (unit + i), 0x01000193);
  }
  return [high, low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
