import type { IncidentCoverage } from '../../../../common/incident.ts';
import { faultText } from '../problems.ts';
import { type Coded, say } from '../wording.ts';
import { compare } from './digest/merge.ts';
import type { Digest } from './digest/model.ts';
import { documentsIn, type Joined, vertexOf } from './joined.ts';
import { nameOf } from './logs.ts';
import type { CauseCode } from './rules/rule.ts';
import { silentSubtasks } from './rules/silentSubtasks.ts';
import { DECIDES, MISSING, type MissingFacts, UNRESOLVED, UNRESOLVED_WHY, type UnresolvedFacts } from './words.ts';

const MAX_LISTED = 300;
const MAX_MISSING = 20;

/** What was read, what was not, and what is missing for a better verdict. */
export function coverageOf({ counted, unread }: Digest, joined: Joined, verdict: CauseCode): IncidentCoverage {
  const { sources } = joined;
  const failedFirst = [...unread].sort((a, b) => Number(b.failed) - Number(a.failed));
  return {
    read: sources.slice(0, MAX_LISTED).map((source) => ({
      source: nameOf(source),
      kind: source.kind,
      dialect: source.dialect,
      bytes: source.bytes,
      findings: source.findings.length,
      left: source.left,
    })),
    readLeft: Math.max(0, sources.length - MAX_LISTED) + counted.length,
    unread: failedFirst.slice(0, MAX_LISTED).map(({ name, why, failed }) => ({ source: name, why, failed })),
    unreadLeft: Math.max(0, unread.length - MAX_LISTED),
    missing: missing(joined, verdict)
      .slice(0, MAX_MISSING)
      .map((one) => ({ what: say(MISSING, one), decides: say(DECIDES, one) })),
  };
}

/** Those of several clusters; what was not read is the same for all. */
export function coveragesTogether(all: readonly IncidentCoverage[]): IncidentCoverage {
  const read = all.flatMap((one) => one.read).sort((a, b) => compare(a.source, b.source));
  return {
    ...(all[0] as IncidentCoverage),
    read: read.slice(0, MAX_LISTED),
    readLeft: all.reduce((sum, { readLeft }) => sum + readLeft, 0) + Math.max(0, read.length - MAX_LISTED),
    missing: all.flatMap(({ missing: own }) => own).slice(0, MAX_MISSING),
  };
}

type Missing = Coded<MissingFacts>;

function missing(joined: Joined, verdict: CauseCode): Missing[] {
  const { processes, dumps, log, plans, sources } = joined;
  const found: Missing[] = [];
  const workers = processes.filter(({ side }) => side === 'TM');
  if (sources.length === 0) return found;
  if (verdict === 'checkpoint-expired') found.push(...unseenSubtasks(joined));
  if (log === null || !processes.some(({ side, logs }) => side === 'JM' && logs.length > 0)) found.push({ code: 'master-log', facts: {} });
  if (workers.every(({ logs }) => logs.length === 0)) found.push({ code: 'worker-log', facts: { process: workers[0]?.name ?? null } });
  if (dumps.length === 0 && workers.length === 0) found.push({ code: 'dumps', facts: { process: null } });
  for (const { dumps: own, name, gc } of workers) {
    const count = own.reduce((sum, { body }) => sum + body.dumps.length, 0);
    if (count === 0) found.push({ code: 'dumps', facts: { process: name } });
    else if (count === 1) found.push({ code: 'more-dumps', facts: { process: name } });
    if (count > 0 && verdict !== 'deadlock' && isWithoutLocks(own)) found.push({ code: 'locks', facts: { process: name } });
    if (gc.length === 0 && (verdict === 'taskmanager-lost' || verdict === 'memory-exhausted'))
      found.push({ code: 'gc-log', facts: { process: name } });
  }
  if (workers.length === 0 && dumps.length > 0 && verdict !== 'deadlock' && dumps.every(({ monitors }) => !monitors))
    found.push({ code: 'locks', facts: { process: null } });
  if (plans.length === 0) found.push({ code: 'plan', facts: {} });
  return found;
}

/** Subtasks that did not acknowledge and whose threads are in none of the dumps. */
function unseenSubtasks(joined: Joined): Missing[] {
  const shown = new Set(joined.dumps.flatMap(({ tasks }) => tasks.map(({ task, subtask }) => `${task}\n${subtask}`)));
  if (joined.dumps.length === 0) return [];
  return silentSubtasks(joined).flatMap(({ task, subtasks }): Missing[] => {
    const unseen = task === null ? undefined : subtasks.find((subtask) => !shown.has(`${task}\n${subtask}`));
    return task === null || unseen === undefined ? [] : [{ code: 'dump-of-subtask', facts: { task, subtask: unseen } }];
  });
}

/** Flink 2.4 takes dumps without them where that is wanted, or set for the cluster (mode=lite). */
const isWithoutLocks = (dumps: Joined['processes'][number]['dumps']): boolean =>
  dumps.every(({ body }) => body.dumps.every(({ monitors }) => !monitors));

/** The oldest failure that the REST API tells of, where no log here has its exception. */
function disagreement(joined: Joined): Coded<UnresolvedFacts>[] {
  const { log } = joined;
  if (log === null || !joined.sources.some(({ kind }) => kind === 'flink-log')) return [];
  const thrown = new Set(log.log.exceptions.flatMap(({ chain }) => chain.map(({ className }) => className)));
  return documentsIn(joined, 'exceptions').flatMap(({ entries, source }) => {
    const oldest = [...entries].sort((a, b) => (a.time ?? 0) - (b.time ?? 0))[0];
    if (oldest === undefined || oldest.name === null || thrown.has(oldest.name)) return [];
    return [{ code: 'failure' as const, facts: { source: nameOf(source), name: oldest.name } }];
  });
}

/** Figures of a task. */
const OF_TASK = /(?:^|\.)(?:busyTimeMsPerSecond|backPressuredTimeMsPerSecond|numRecordsIn(?:PerSecond)?)$/;

/** Documents about a vertex that do not say about which; each file once. */
function vertexless(joined: Joined): Coded<UnresolvedFacts>[] {
  if (joined.plans.every(({ vertices }) => vertices.length < 2)) return [];
  const measured = documentsIn(joined, 'metrics').filter(({ metrics }) => metrics.some(({ id }) => OF_TASK.test(id)));
  const about = [...documentsIn(joined, 'back-pressure'), ...documentsIn(joined, 'flame-graph'), ...measured];
  const sources = about.filter((document) => vertexOf(joined, document) === null).flatMap(({ source }) => source.names);
  return [...new Set(sources)].sort(compare).map((source) => ({ code: 'vertex', facts: { source } }));
}

/** Joins that are not certain. */
export function unresolvedOf(joined: Joined): { what: string; why: string }[] {
  const { unjoined, undated, log, left } = joined;
  const all: Coded<UnresolvedFacts>[] = [
    ...disagreement(joined),
    ...vertexless(joined),
    ...unjoined.map(({ source, candidates }) => ({ code: 'process' as const, facts: { source: nameOf(source), candidates } })),
    ...undated.map((source) => ({ code: 'undated' as const, facts: { source: nameOf(source) } })),
    ...(left === null
      ? []
      : left.sources.map((source) => ({ code: 'clock' as const, facts: { source: nameOf(source), why: faultText(left.fault) } }))),
    ...(log?.gc.unjoined ?? []).map(({ source, fault }) => ({ code: 'clock' as const, facts: { source, why: faultText(fault) } })),
  ];
  return all.slice(0, MAX_LISTED).map((one) => ({ what: say(UNRESOLVED, one), why: say(UNRESOLVED_WHY, one) }));
}
