import * as v from 'valibot';
import type { IncidentFinding } from '../../../../common/incident.ts';
import { KNOWN_ISSUES, type KnownIssue } from '../../core/knowledge/issues/index.ts';
import type { Finding } from '../../core/model.ts';
import { rule } from '../../core/rules/index.ts';
import { issueAdvice, issueDetails, issueMessage, issuePrecondition } from '../../core/rules/issueWords.ts';
import type { Waiter } from '../../workspace/waiters.ts';
import type { Analysed } from '../../workspace/workspace.ts';
import { type Case, type Cases, placeText } from '../cases.ts';
import { tokens, tokensOf, told } from '../paging.ts';
import { caseId } from '../schemas.ts';
import { tool } from '../tool.ts';
import { ToolError } from '../toolError.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { EXPLAIN } from '../words.ts';
import { findingId } from './findings.ts';

const MAX = { places: 8, sentences: 8, lines: 12, line: 240, docs: 1200 };

const issue = v.strictObject({ key: v.string(), title: v.string(), details: v.array(v.string()), workaround: v.array(v.string()) });

const output = v.strictObject({
  id: v.string(),
  message: v.string(),
  severity: v.nullable(v.string()),
  certainty: v.nullable(v.string()),
  details: v.array(v.string()),
  evidence: v.array(v.string()),
  missing: v.pipe(v.array(v.string()), v.description(EXPLAIN.missing)),
  advice: v.array(v.string()),
  at: v.array(v.string()),
  related: v.array(v.strictObject({ message: v.string(), at: v.string() })),
  lines: v.pipe(v.array(v.strictObject({ line: v.number(), text: v.string() })), v.description(EXPLAIN.lines)),
  knownIssue: v.nullable(issue),
  rule: v.nullable(v.strictObject({ id: v.string(), title: v.string(), docs: v.string() })),
});
type Answer = v.InferOutput<typeof output>;

export const explain = tool({
  name: 'logjam_explain',
  ...TOOL_TITLES.logjam_explain,
  description: EXPLAIN.description,
  input: v.strictObject({
    case: v.exactOptional(caseId),
    finding: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200), v.description(EXPLAIN.finding)),
    tokens,
  }),
  output,
  run: async (cases, { case: id, finding: name, tokens: room }, waiter) => {
    const index = /^F(\d{1,6})$/i.exec(name)?.[1];
    if (index === undefined) return within(byName(name), room);
    if (id === undefined) throw new ToolError(EXPLAIN.needsCase);
    const opened = await cases.of(id);
    const found = opened.incident.findings[Number(index) - 1];
    if (found === undefined) throw new ToolError(EXPLAIN.noFinding(name, opened.incident.findings.length));
    return within(await ofFinding(cases, opened, Number(index) - 1, found, waiter), room);
  },
});

/** What can be had by another question goes first where there is no room. */
function within(answer: Answer, room: number): Answer {
  const { lines, related, details } = answer;
  const lists = [lines, related, details];
  while (tokensOf(answer) > room) {
    const longest = lists.find((list) => list.length > 1);
    if (longest !== undefined) longest.pop();
    else if (answer.rule !== null) answer.rule = null;
    else break;
  }
  return answer;
}

const EMPTY = { severity: null, certainty: null, details: [], evidence: [], missing: [], advice: [], at: [], related: [], lines: [] };

function byName(name: string): Answer {
  const known = KNOWN_ISSUES.find(({ key, also = [] }) => [key, ...also].includes(name.toUpperCase()));
  if (known !== undefined) return { ...EMPTY, id: known.key, message: issueMessage(known, null, Infinity), knownIssue: issueOf(known), rule: null };
  const one = rule(name.toLowerCase());
  if (one === undefined) throw new ToolError(EXPLAIN.nothing(name));
  return { ...EMPTY, id: one.id, message: one.title, severity: one.severity, knownIssue: null, rule: ruleOf(one.id) };
}

const issueOf = (known: KnownIssue): v.InferOutput<typeof issue> => ({
  key: known.key,
  title: known.title,
  details: [...issueDetails(known, null, false), issuePrecondition(known)],
  workaround: issueAdvice(known, null),
});

function ruleOf(code: string): Answer['rule'] {
  const one = rule(code);
  return one === undefined ? null : { id: one.id, title: one.title, docs: told(one.docs.trim(), MAX.docs) };
}

const isOfVerdict = (index: number): boolean => index === 0;

async function ofFinding(cases: Cases, opened: Case, index: number, found: IncidentFinding, waiter: Waiter): Promise<Answer> {
  const { verdict } = opened.incident;
  const { finding: own, related, lines } = await inItsFile(cases, opened, found, waiter);
  const sentences = (list: readonly string[]) => list.slice(0, MAX.sentences).map((sentence) => told(sentence));
  const joined = isOfVerdict(index) ? verdict : null;
  const knownKey = found.knownIssue ?? joined?.knownIssue ?? null;
  const known = KNOWN_ISSUES.find(({ key }) => key === knownKey);
  return {
    id: findingId(index),
    message: told(found.message),
    severity: found.severity,
    certainty: found.certainty,
    details: sentences(own?.details ?? []),
    evidence: sentences([
      ...(joined?.evidence ?? []).map(({ text, at }) => (at === null ? text : `${text} (${placeText(at)})`)),
      ...(own?.evidence ?? []),
    ]),
    missing: sentences(own?.missing ?? []),
    advice: sentences([...new Set([...(joined?.advice ?? []), ...(own?.advice ?? [])])]),
    at: [...new Set(found.at.map(placeText))].slice(0, MAX.places),
    related,
    lines,
    knownIssue: known === undefined ? null : issueOf(known),
    rule: own === null ? null : ruleOf(own.id),
  };
}

interface InFile {
  /** Null where only several files together say it. */
  finding: Finding | null;
  related: Answer['related'];
  lines: Answer['lines'];
}

const NOWHERE: InFile = { finding: null, related: [], lines: [] };

/** What the file itself says of it. */
async function inItsFile(cases: Cases, opened: Case, { at: [place], code, message }: IncidentFinding, waiter: Waiter): Promise<InFile> {
  if (place === undefined) return NOWHERE;
  const document = await cases.source(opened, place.source, waiter);
  const { findings } = document.analysis;
  const lines = await linesAround(cases, document, place.line);
  const finding = await cases.workspace.places.withPlaces(document, (placeOf) => {
    const there = findings.filter((one) => placeOf(one.at).start.line === place.line);
    const same = there.find((one) => one.message === message || one.code === code);
    // What stands on the same line is the same case, unless that line is the whole of a JSON document.
    return same ?? (lines.length === 1 ? null : (there[0] ?? null));
  });
  if (finding === null) return { ...NOWHERE, lines };
  const related = await cases.workspace.places.withPlaces(document, (placeOf) =>
    finding.related
      .slice(0, MAX.places)
      .map((one) => ({ message: told(one.message), at: placeText({ source: place.source, line: placeOf(one.at).start.line }) })),
  );
  return { finding, related, lines };
}

async function linesAround(cases: Cases, { uri }: Analysed, line: number): Promise<Answer['lines']> {
  const from = Math.max(0, line - 1);
  const found = await cases.workspace.lines.lines({ uri, from, count: MAX.lines });
  return (found?.lines ?? []).map((text, at) => ({ line: from + at + 1, text: told(text, MAX.line) }));
}
