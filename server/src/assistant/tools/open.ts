import * as v from 'valibot';
import type { IncidentVerdict } from '../../../../common/incident.ts';
import { isoTime } from '../../../../common/isoTime.ts';
import { type Case, placeText } from '../cases.ts';
import { tokensOf, told } from '../paging.ts';
import { tool } from '../tool.ts';
import { TOOL_TITLES } from '../toolTitleWords.ts';
import { OPEN } from '../words.ts';

/** Of each list so many; findings and coverage have more. */
const MAX = { evidence: 5, others: 5, sources: 20, unread: 10, missing: 8 };
/** Of the whole, where names are long. */
const MOST_TOKENS = 2000;

const verdict = v.strictObject({
  rule: v.string(),
  sentence: v.string(),
  health: v.picklist(['failing', 'healthy', 'unknown']),
  certainty: v.pipe(v.picklist(['proved', 'suspected', 'unknown']), v.description(OPEN.certainty)),
  since: v.nullable(v.string()),
  knownIssue: v.nullable(v.string()),
  evidence: v.array(v.strictObject({ text: v.string(), at: v.nullable(v.string()) })),
  advice: v.array(v.string()),
  command: v.pipe(v.nullable(v.string()), v.description(OPEN.command)),
});

const output = v.strictObject({
  case: v.string(),
  verdict,
  others: v.pipe(v.array(v.strictObject({ name: v.string(), sentence: v.string() })), v.description(OPEN.others)),
  counts: v.strictObject({ findings: v.number(), sources: v.number(), unread: v.number(), events: v.number() }),
  sources: v.array(v.strictObject({ source: v.string(), kind: v.string() })),
  moreSources: v.number(),
  unread: v.array(v.strictObject({ source: v.string(), why: v.string() })),
  notAssessed: v.pipe(v.array(v.strictObject({ missing: v.string(), decides: v.string() })), v.description(OPEN.notAssessed)),
  ask: v.pipe(v.array(v.string()), v.description(OPEN.ask)),
});

export const open = tool({
  name: 'logjam_open',
  ...TOOL_TITLES.logjam_open,
  description: OPEN.description,
  input: v.strictObject({
    paths: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1), v.maxLength(50), v.description(OPEN.paths)),
  }),
  output,
  run: async (cases, { paths }, waiter) => answerOf(await cases.open(paths, waiter)),
});

function answerOf(opened: Case): v.InferOutput<typeof output> {
  const { incident, id } = opened;
  const { coverage, axis } = incident;
  const answer = {
    case: id,
    verdict: verdictOf(incident.verdict, axis.clock === 'epoch'),
    others: incident.others.slice(0, MAX.others).map(({ name, verdict: other }) => ({ name: told(name), sentence: told(other.sentence) })),
    counts: {
      findings: incident.findings.length + incident.findingsLeft,
      sources: coverage.read.length + coverage.readLeft,
      unread: coverage.unread.length + coverage.unreadLeft,
      events: axis.entries.length + axis.left,
    },
    sources: coverage.read.slice(0, MAX.sources).map(({ source, kind }) => ({ source: told(source), kind })),
    moreSources: Math.max(0, coverage.read.length - MAX.sources) + coverage.readLeft,
    unread: coverage.unread.slice(0, MAX.unread).map(({ source, why }) => ({ source: told(source), why: told(why) })),
    notAssessed: coverage.missing.slice(0, MAX.missing).map(({ what, decides }) => ({ missing: told(what), decides })),
    ask: asks(opened),
  };
  while (tokensOf(answer) > MOST_TOKENS && answer.sources.length > 1) {
    answer.sources.pop();
    answer.moreSources++;
  }
  return answer;
}

const verdictOf = (one: IncidentVerdict, dated: boolean): v.InferOutput<typeof verdict> => ({
  rule: one.code,
  sentence: told(one.sentence),
  health: one.health,
  certainty: one.certainty,
  since: one.since === null || !dated ? null : isoTime(one.since),
  knownIssue: one.knownIssue,
  evidence: one.evidence.slice(0, MAX.evidence).map(({ text, at }) => ({ text: told(text), at: at === null ? null : placeText(at) })),
  advice: one.advice.map((line) => told(line)),
  command: one.next === null ? null : told(one.next),
});

/** What tells more, the nearest first. */
function asks({ incident: { findings, coverage, axis } }: Case): string[] {
  const kinds = new Set(coverage.read.map(({ kind }) => kind));
  return [
    ...(findings.length > 0 ? [OPEN.asks.explain] : []),
    ...(findings.length > 1 ? [OPEN.asks.findings] : []),
    ...(kinds.has('thread-dump') ? [OPEN.asks.threads] : []),
    ...(kinds.has('flink-log') ? [OPEN.asks.log] : []),
    ...(axis.entries.length > 0 ? [OPEN.asks.timeline] : []),
    ...(kinds.has('thread-dump') || kinds.has('job-graph') ? [OPEN.asks.graph] : []),
    ...(kinds.has('java-source') ? [OPEN.asks.fix] : []),
  ];
}
