import type { Incident, IncidentFinding, IncidentJob, IncidentProcess, IncidentVerdict } from '../../../../common/incident.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../common/settings.ts';
import { commonFolder } from '../../../../common/virtual.ts';
import { SEVERITIES } from '../findings.ts';
import type { Severity } from '../model.ts';
import { axesTogether, axisOf } from './axis.ts';
import { coverageOf, coveragesTogether, unresolvedOf } from './coverage.ts';
import type { Digest } from './digest/model.ts';
import { type Joined, join } from './joined.ts';
import { nameOf } from './logs.ts';
import { partsOf } from './parts.ts';
import { lineAt } from './rules/firstFailure.ts';
import { incidentRules } from './rules/index.ts';
import type { CauseCode, Conclusion } from './rules/rule.ts';
import { verticesOf } from './vertices.ts';
import { adviceSentence, evidenceSentence, nextCommand, verdictSentence } from './words.ts';

const MAX_EVIDENCE = 3;
const MAX_ADVICE = 3;
const MAX_FINDINGS = 200;
const MAX_PLACES = 10;

/**
 * The one place where sources are joined and causality is decided. The same digest gives the same incident to the byte,
 * whatever it was merged from. Of clusters that have nothing in common each has a verdict, and the gravest comes first.
 */
export function conclude(digest: Digest, settings: Settings = DEFAULT_SETTINGS): Incident {
  const parts = partsOf(digest)
    .map((part, order) => ({ ...concludePart(part, settings), order }))
    .sort((a, b) => b.rank - a.rank || a.order - b.order);
  const [first, ...others] = parts as [(typeof parts)[number], ...typeof parts];
  if (others.length === 0) return first.incident;
  const all = parts.map(({ incident }) => incident);
  const findings = once(all.flatMap((one) => one.findings));
  return {
    schema: 1,
    verdict: first.incident.verdict,
    others: others.map(({ incident, name }) => ({ name, verdict: incident.verdict })),
    processes: all.flatMap(({ processes }) => processes),
    jobs: all.flatMap(({ jobs }) => jobs),
    vertices: all.flatMap(({ vertices }) => vertices),
    axis: axesTogether(all.map(({ axis }) => axis)),
    findings: findings.slice(0, MAX_FINDINGS),
    findingsLeft: Math.max(0, findings.length - MAX_FINDINGS) + all.reduce((sum, { findingsLeft }) => sum + findingsLeft, 0),
    coverage: coveragesTogether(all.map(({ coverage }) => coverage)),
    unresolved: all.flatMap(({ unresolved }) => unresolved),
  };
}

/** `rank`: of its verdict. `name`: its folder, else its first source. */
function concludePart(digest: Digest, settings: Settings): { incident: Incident; rank: number; name: string } {
  const joined = join(digest, settings);
  const conclusions = incidentRules
    .flatMap((rule) => rule.check(joined))
    .map((conclusion, order) => ({ conclusion, order }))
    .sort((a, b) => b.conclusion.rank - a.conclusion.rank || a.order - b.order)
    .map(({ conclusion }) => conclusion);
  const first = conclusions[0] as Conclusion;
  const findings = [...conclusions.slice(0, MAX_FINDINGS).flatMap(concluded), ...told(joined)];
  const unique = once(findings);
  const names = joined.sources.map(nameOf);
  const incident: Incident = {
    schema: 1,
    verdict: verdictOf(first),
    others: [],
    processes: joined.processes.map(processOf),
    jobs: jobsOf(joined),
    vertices: verticesOf(joined),
    axis: axisOf(joined),
    findings: unique.slice(0, MAX_FINDINGS),
    findingsLeft: Math.max(0, unique.length - MAX_FINDINGS),
    coverage: coverageOf(digest, joined, first.cause.code),
    unresolved: unresolvedOf(joined),
  };
  return { incident, rank: first.rank, name: commonFolder(names).replace(/\/$/, '') || (names[0] ?? '') };
}

/** Of a wait the dump knows better what to do: it knows for what the thread waits. */
function adviceOf(cause: Conclusion['cause'], ofSources: readonly string[]): string[] {
  if (cause.code === 'healthy') return [];
  const own = cause.code === 'hidden-wait' && ofSources.length > 0 ? [] : [adviceSentence(cause)];
  return [...new Set([...own, ...ofSources])].slice(0, MAX_ADVICE);
}

/** How grave it is, by how near it is to the root of what is wrong. */
function severityOf({ severity, rank }: Conclusion): NonNullable<IncidentVerdict['severity']> {
  if (severity !== undefined) return severity === 'hint' ? 'info' : severity;
  return rank >= 70 ? 'error' : rank >= 43 ? 'warning' : 'info';
}

function verdictOf(conclusion: Conclusion): IncidentVerdict {
  const { cause, certainty, evidence, since, knownIssue, advice } = conclusion;
  const shown = evidence.slice(0, MAX_EVIDENCE).map((one) => ({ text: evidenceSentence(one), at: one.at }));
  const health = cause.code === 'healthy' ? 'healthy' : cause.code === 'not-assessed' ? 'unknown' : 'failing';
  return {
    code: cause.code,
    health,
    severity: health === 'failing' ? severityOf(conclusion) : null,
    sentence: verdictSentence(cause),
    certainty,
    next: nextCommand(cause, shown.find(({ at }) => at !== null)?.at?.source ?? null),
    evidence: shown,
    advice: adviceOf(cause, advice),
    since,
    knownIssue,
  };
}

/** That a job is well, or cannot be told of, is no finding. */
const NO_FINDING: ReadonlySet<CauseCode> = new Set(['healthy', 'not-assessed', 'finding']);

function concluded(conclusion: Conclusion): IncidentFinding[] {
  const { cause, certainty, evidence, knownIssue } = conclusion;
  if (NO_FINDING.has(cause.code)) return [];
  const at = evidence.flatMap((one) => one.at ?? []);
  return [
    {
      code: cause.code,
      severity: severityOf(conclusion),
      certainty,
      message: verdictSentence(cause),
      at: at.slice(0, MAX_PLACES),
      more: Math.max(0, at.length - MAX_PLACES),
      knownIssue,
    },
  ];
}

/** What the sources find by themselves, and what the logs do together. */
function told({ findings, log }: Joined): IncidentFinding[] {
  const own = findings.map(({ code, severity, certainty, message, sources, lines, knownIssue }): IncidentFinding => {
    const at = sources.map((source, index) => ({ source: nameOf(source), line: lines[index] ?? 0 }));
    return { code, severity, certainty, message, at: at.slice(0, MAX_PLACES), more: Math.max(0, at.length - MAX_PLACES), knownIssue };
  });
  const logged = (log?.findings ?? []).map(({ code, severity, certainty, message, knownIssue, at }): IncidentFinding => {
    const file = log?.files.find(({ uri }) => uri === at.document);
    const place = log === null || file === undefined ? null : lineAt(log, file.line + at.span.start);
    return { code, severity, certainty, message, at: place === null ? [] : [place], more: 0, knownIssue };
  });
  return [...logged, ...own].sort((a, b) => SEVERITIES.indexOf(a.severity as Severity) - SEVERITIES.indexOf(b.severity as Severity));
}

/** The same message of the same code once, with the places of all. */
function once(findings: readonly IncidentFinding[]): IncidentFinding[] {
  const known = new Map<string, IncidentFinding>();
  for (const one of findings) {
    const key = `${one.code}\n${one.message}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, { ...one, at: [...one.at] });
    else {
      const room = MAX_PLACES - before.at.length;
      before.at.push(...one.at.slice(0, room));
      before.more += one.more + Math.max(0, one.at.length - room);
    }
  }
  return [...known.values()];
}

function processOf({ id, name, side, logs, dumps, gc, ahead }: Joined['processes'][number]): IncidentProcess {
  const times = logs.flatMap(({ body }) => (body.from === null || body.to === null ? [] : [body.from, body.to]));
  return {
    id,
    name,
    side,
    sources: [...logs, ...dumps, ...gc].map(nameOf),
    from: times.length === 0 ? null : Math.min(...times),
    to: times.length === 0 ? null : Math.max(...times),
    clock: { aheadMs: ahead?.ms ?? null, slackMs: ahead?.slack ?? null, applied: ahead?.differs === true },
  };
}

function jobsOf({ log, plans }: Joined): IncidentJob[] {
  const jobs = new Map<string, IncidentJob>();
  for (const { jobId, name, state } of plans) if (jobId !== null && !jobs.has(jobId)) jobs.set(jobId, { id: jobId, name, state, restarts: 0 });
  for (const { id, name, states } of log?.log.jobs ?? []) {
    const known = jobs.get(id);
    const restarts = states.filter(({ to }) => to === 'RESTARTING').length;
    jobs.set(id, { id, name: name ?? known?.name ?? null, state: states.at(-1)?.to ?? known?.state ?? null, restarts });
  }
  return [...jobs.values()];
}
