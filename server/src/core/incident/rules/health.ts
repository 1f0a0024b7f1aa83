import { documentsIn, type Joined } from '../joined.ts';
import { countOf, isStalledInLog } from './checkpointTrouble.ts';
import { lineAt } from './firstFailure.ts';
import { movement } from './movement.ts';
import { heldUpMost, measuredVertices, signOfPressure } from './pressure.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn, told } from './rule.ts';

/** What is read in a plan or a source may happen; that it did is another matter. */
const STATIC: ReadonlySet<string> = new Set(['job-graph', 'java-source']);

/** What a source finds by itself and no other rule tells. */
export const ownFinding: IncidentRule = {
  code: 'finding',
  check: ({ findings, log }) => {
    const found = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const conclusions = found.map(
      (group): Conclusion => ({
        cause: { code: 'finding', facts: { message: group.message } },
        certainty: group.certainty,
        rank: (group.severity === 'error' ? 35 : 25) - (STATIC.has(group.sources[0]?.kind ?? '') ? 20 : 0),
        severity: group.severity,
        evidence: [told(group)],
        since: null,
        knownIssue: group.knownIssue,
        advice: group.advice,
      }),
    );
    for (const { severity, message, certainty, advice, knownIssue, at } of log?.findings ?? []) {
      if (severity !== 'error' && severity !== 'warning') continue;
      conclusions.push({
        cause: { code: 'finding', facts: { message } },
        certainty,
        rank: severity === 'error' ? 34 : 24,
        severity,
        evidence: [{ code: 'failure', facts: { text: message }, at: log === null ? null : placeOfLog(log.files, at.document, at.span.start) }],
        since: null,
        knownIssue,
        advice,
      });
    }
    return conclusions;
  },
};

const placeOfLog = (files: readonly { uri: string; name: string }[], uri: string, line: number): Evidence['at'] => {
  const file = files.find((one) => one.uri === uri);
  return file === undefined ? null : { source: file.name, line };
};

/** States in which a job is well. */
const WELL: ReadonlySet<string> = new Set(['RUNNING', 'FINISHED', 'CANCELED', 'CANCELLING']);

/**
 * That nothing is wrong is a conclusion of its own: jobs that run or have finished, checkpoints that complete, threads that
 * wait for nobody, else records that flow while no log tells of a failure. Without any of these nothing is said.
 */
export const healthy: IncidentRule = {
  code: 'healthy',
  check: (joined) => {
    const { log, dumps, plans } = joined;
    const states = statesOf(joined);
    const running = states.filter((state) => state === 'RUNNING').length;
    const finished = states.filter((state) => state === 'FINISHED').length;
    const completed = Math.max(
      countOf(joined, 'checkpoint-completed'),
      ...documentsIn(joined, 'checkpoints').map(({ counts }) => counts.completed ?? 0),
    );
    const shown = dumps.filter(({ complete, monitors, tasks }) => complete && monitors && tasks.length > 0);
    const first = log?.log.events.find(({ id }) => id === 'checkpoint-completed');
    const last = log?.log.jobs.at(-1)?.states.at(-1);
    const evidence: Evidence[] = [];
    if (running + finished > 0)
      evidence.push({
        code: 'running',
        facts: { what: finished > 0 && running === 0 ? 'FINISHED' : 'RUNNING' },
        at: log !== null && last !== undefined ? lineAt(log, last.line) : plans[0] === undefined ? null : placeIn(plans[0].source, plans[0].line),
      });
    if (completed > 0)
      evidence.push({
        code: 'completed',
        facts: { checkpoints: completed },
        at: log === null || first === undefined ? null : lineAt(log, first.line),
      });
    const [dump] = shown;
    if (dump !== undefined)
      evidence.push({
        code: 'free-threads',
        facts: { dumps: shown.length, threads: Math.max(...shown.map(({ tasks }) => tasks.length)) },
        at: placeIn(dump.source, dump.line),
      });
    const well = states.length > 0 && states.every((state) => WELL.has(state));
    // That nothing failed is no all-clear: a job that hangs says RUNNING too.
    const figures = hasFigures(joined);
    // A thread that waits for buffers looks like one that waits for input: only figures tell that nothing is held up.
    const free = dump !== undefined && (figures || shown.every(({ tasks }) => tasks.every(({ activity }) => activity !== 'undecidable')));
    const stalled = isStalled(joined);
    const checkpointed = completed >= RHYTHM && !stalled;
    const open = completed === 0 && isBegun(joined) ? 'all' : stalled ? 'newest' : null;
    // Checkpoints complete under back-pressure too, unaligned ones all the more.
    const shows = (checkpointed && figures) || free || finished === states.length;
    // Records flow too while a checkpoint hangs.
    const moved = shows || shown.length > 0 || open !== null || !isComplete(joined) ? null : movement(joined);
    if (moved?.evidence != null) evidence.push(moved.evidence);
    const heldUp = heldUpMost(joined);
    const sign = signOfPressure(joined) ?? heldUp?.evidence ?? null;
    const pressed = sign !== null;
    if (sign !== null) evidence.unshift(sign);
    const sound = well && !pressed && (shows || moved?.moves === true);
    // What failed may stand in a file that nobody could read.
    const rests = sound && joined.unread === 0;
    return [
      {
        cause: rests
          ? {
              code: 'healthy',
              facts: {
                checkpoints: completed,
                dumps: shown.length,
                running,
                finished,
                shown: shown.length > 0 || finished === states.length ? 'threads' : checkpointed ? 'checkpoints' : 'records',
              },
            }
          : {
              code: 'not-assessed',
              facts: {
                sources: joined.sources.length,
                running: well && running > 0,
                cancelled: well && running === 0,
                checkpoints: checkpointed && !pressed ? completed : 0,
                heldUp: heldUp?.task ?? null,
                unread: sound ? joined.unread : 0,
                // The end of a job aborts what is open.
                failed: running === 0 ? 0 : Math.max(0, ...documentsIn(joined, 'checkpoints').map(({ counts }) => counts.failed ?? 0)),
                open: running === 0 ? null : open,
              },
            },
        certainty: rests ? 'suspected' : 'unknown',
        rank: rests ? 20 : well ? 10 : 1,
        evidence,
        since: null,
        knownIssue: null,
        advice: [],
      },
    ];
  },
};

/** So many checkpoints show that they do complete. */
const RHYTHM = 3;

/** Of every vertex it is told whether it is held up: the one that nothing tells of may be it. */
function hasFigures(joined: Joined): boolean {
  // Up to Flink 1.15 the job document has none, and only documents of their own do.
  const measured = measuredVertices(joined);
  return joined.plans.some(
    ({ vertices }) =>
      vertices.length > 0 && vertices.every(({ id, backPressured, heldUp }) => backPressured !== null || heldUp === false || measured.has(id)),
  );
}

/** A checkpoint was begun, whatever came of it. */
const isBegun = (joined: Joined): boolean =>
  countOf(joined, 'checkpoint-triggered') > 0 || documentsIn(joined, 'checkpoints').some(({ counts }) => (counts.inProgress ?? 0) > 0);

/** The newest checkpoint failed, or has been open for long: those before it tell nothing of what is the matter now. */
function isStalled(joined: Joined): boolean {
  for (const { latest, history } of documentsIn(joined, 'checkpoints')) {
    const newest = history.find(({ status, savepoint }) => status !== 'IN_PROGRESS' && !savepoint) ?? latest.failed;
    if (newest?.status === 'FAILED') return true;
  }
  return isStalledInLog(joined);
}

/** Both sides' logs are here, and neither tells of a failure. */
const isComplete = ({ processes, log }: Joined): boolean =>
  log !== null &&
  log.failures.episodes.length === 0 &&
  (['JM', 'TM'] as const).every((side) => processes.some((process) => process.side === side && process.logs.length > 0));

/** Of a job that was submitted and of which nothing more is told: what came of it is not known. */
const SUBMITTED = 'SUBMITTED';

/** The last state of each job, as logs tell it, else as its document does. */
function statesOf({ log, plans }: Joined): string[] {
  const states = new Map<string, string>();
  for (const { id, fields } of log?.log.events ?? []) {
    const job = id === 'job-received' ? (fields['job'] ?? fields['job2']) : undefined;
    if (job !== undefined) states.set(job, SUBMITTED);
  }
  for (const { jobId, state } of plans) if (jobId !== null && state !== null) states.set(jobId, state);
  for (const { id, states: changes } of log?.log.jobs ?? []) {
    const last = changes.at(-1)?.to;
    if (last !== undefined) states.set(id, last);
  }
  return [...states.values()];
}
