import { activitiesOf, type ThreadActivity } from '../../analysis/threaddump/activity.ts';
import { isWithoutLocks } from '../../analysis/threaddump/gaps.ts';
import { outsideOf } from '../../analysis/threaddump/heldUp.ts';
import { codeOf, isFlinkCore } from '../../analysis/threaddump/hiddenWaits.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { frameName, innermostFrame, isJdk, type OfClass, simpleName } from '../../analysis/threaddump/names.ts';
import { waitPoint } from '../../analysis/threaddump/waitPoint.ts';
import type { Keep } from '../../incident/digest/fit.ts';
import type { DumpDigest, DumpsDigest, TaskThread } from '../../incident/digest/model.ts';
import type { LineOf } from '../../incident/digest/source.ts';
import { parseStamp } from '../../log/time.ts';
import { threadDumpSummary } from './summary.ts';

/** Threads that do the work of a subtask, by the ids of their roles. */
const WORKERS: ReadonlySet<string> = new Set(['task', 'split-fetcher', 'legacy-source']);
const UPLOADER = 'async-checkpoint';
/** Where they stand in Flink itself says what they are at. */
const TELLING: ReadonlySet<string> = new Set(['checkpoint', 'memory']);
/** Frames looked at for one that is the user's own. */
const DEPTH = 60;
const MAX_NAME = 300;

/** What dumps say beyond themselves: who waits for whom, and what the threads of each subtask do. */
export function dumpsDigest(analysis: ThreadDumpAnalysis, keep: Keep, lineOf: LineOf): DumpsDigest {
  const summaries = threadDumpSummary(analysis).dumps;
  const dumps = analysis.dumps.map((analysed, index): DumpDigest => {
    const { dump, deadlocks } = analysed;
    const activities = activitiesOf(analysed);
    const summary = summaries[index] as (typeof summaries)[number];
    const stamp = dump.time === null ? null : parseStamp(dump.time);
    return {
      line: lineOf(dump.span),
      time: dump.time,
      at: stamp?.dated === true ? stamp.ms : null,
      threads: summary.threads,
      states: summary.states,
      complete: dump.shows.complete,
      monitors: dump.shows.monitors && !isWithoutLocks(analysed),
      deadlocks: keep.first(summary.deadlocks).map(({ kind, threads, locks }, at) => {
        const deadlock = deadlocks[at];
        return {
          kind,
          certainty: deadlock?.certainty ?? 'suspected',
          threads: keep.first(threads).map((name) => name.slice(0, MAX_NAME)),
          locks: [...keep.first(locks)],
          line: deadlock?.waits[0] === undefined ? 0 : lineOf(deadlock.waits[0].place.span),
        };
      }),
      tasks: keep
        .first(activities.filter(({ role }) => role !== null && role.task !== null && WORKERS.has(role.role.id)))
        .map((activity) => taskThread(analysed, activity, lineOf)),
      uploads: keep
        .first(activities.filter((activity) => activity.role?.role.id === UPLOADER && (activity.wait !== null || doesOf(activity) !== null)))
        .map((activity) => taskThread(analysed, activity, lineOf)),
    };
  });
  return { dumps: [...keep.ends(dumps)] };
}

function doesOf(one: ThreadActivity): string | null {
  const outside = outsideOf(one);
  if (outside !== null || !TELLING.has(one.activity)) return outside;
  return waitPoint(one.thread)?.for === 'socket' ? 'network' : (one.standing?.known.id ?? null);
}

const isForeign = (code: OfClass): boolean => !isJdk(code) && !isFlinkCore(code);
const isOwn = (code: OfClass): boolean => isForeign(code) && codeOf(code) === 'user';

function taskThread({ waits }: AnalysedDump, one: ThreadActivity, lineOf: LineOf): TaskThread {
  const { thread, role, activity, wait } = one;
  const blocked = waits.waits.get(thread.index);
  const innermost = innermostFrame(thread, isForeign, DEPTH);
  const user = innermostFrame(thread, isOwn, DEPTH);
  return {
    thread: thread.name.slice(0, MAX_NAME),
    role: role?.role.id ?? '',
    task: (role?.task ?? '').slice(0, MAX_NAME),
    subtask: role?.subtask ?? null,
    parallelism: role?.parallelism ?? null,
    attempt: role?.attempt ?? null,
    state: thread.state,
    activity,
    waits: wait === null ? null : { for: wait.for, phase: wait.phase, timed: wait.timed },
    socket: waitPoint(thread)?.for === 'socket',
    does: doesOf(one),
    blocked:
      blocked === undefined
        ? null
        : {
            holder: blocked.owner === null ? null : (waits.threads[blocked.owner]?.name ?? null),
            lock: simpleName(blocked.lock.ref.className ?? blocked.lock.ref.key),
          },
    user: user === undefined ? null : frameName(user),
    external: innermost === undefined || innermost === user ? null : frameName(innermost),
    line: lineOf(thread.nameSpan),
  };
}
