import { parseArgs } from 'node:util';
import { KNOWN_ISSUES, type KnownIssue } from '../core/knowledge/issues/index.ts';
import { RULES, rule } from '../core/rules/index.ts';
import { issueAdvice, issueDetails, issueMessage, issuePrecondition } from '../core/rules/issueWords.ts';
import { UsageError } from './errors.ts';
import { similar } from './similar.ts';
import { out } from './terminal.ts';
import { EXPLAIN, USAGE } from './words.ts';

/** `logjam explain`: what a finding or a known bug means, by the name in the brackets behind it. */
export async function explain(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  if (positionals.length === 0) out(`${EXPLAIN.rules}\n${list()}`);
  out(positionals.map(explained).join('\n'));
  return 0;
}

function explained(name: string): string {
  const issue = KNOWN_ISSUES.find(({ key, also = [] }) => [key, ...also].includes(name.toUpperCase()));
  if (issue !== undefined) return issueText(issue);
  const one = rule(name.toLowerCase());
  const ids = RULES.map(({ id }) => id);
  if (one === undefined) throw new UsageError(USAGE.nothingToExplain(name, similar(name, ids)));
  return `${one.id}: ${one.title} (${one.severity})\n\n${one.docs.trim()}\n`;
}

const list = (): string => RULES.map(({ id, title }) => `  ${id}: ${title}\n`).join('');

const issueText = (issue: KnownIssue): string =>
  [
    issueMessage(issue, null, Infinity),
    '',
    ...issueDetails(issue, null, false),
    issuePrecondition(issue),
    ...issueAdvice(issue, null),
    ...(issue.settings ?? []).map(({ key, value, cost }) => EXPLAIN.setting(key, value, cost)),
    EXPLAIN.source(issue.key),
    '',
  ].join('\n');
