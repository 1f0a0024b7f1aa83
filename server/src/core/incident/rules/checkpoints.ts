import type { Joined } from '../joined.ts';
import { type CheckpointTrouble, troubleOf } from './checkpointTrouble.ts';
import { type HeldThread, heldThreads, heldUploads, lasts, onlyVertex } from './heldThreads.ts';
import { hangingInitialisation, hiddenWait } from './hiddenWait.ts';
import { type Pressure, pressure } from './pressure.ts';
import type { CauseFacts, Evidence, IncidentRule } from './rule.ts';
import { type Silent, silentSubtasks } from './silentSubtasks.ts';

/**
 * Checkpoints that expire, are declined or do not complete: which subtask did not acknowledge, in which phase it was, what its
 * thread does in the dumps, and at which line. Where no source says which subtask it was, what is held up is only suspected.
 */
export const checkpointExpired: IncidentRule = {
  code: 'checkpoint-expired',
  check: (joined) => {
    const trouble = troubleOf(joined);
    if (trouble === null) return [];
    const silent = silentSubtasks(joined);
    const why = reasonOf(joined, silent);
    // That they expire is an incident by itself; the rest may pass, and is none but for what holds it up.
    if (trouble.how !== 'expired' && why.held === null) return [];
    if (trouble.how === 'open' && isToldAnyway(joined, why)) return [];
    const shown = silentShown(silent, why);
    const facts: CauseFacts['checkpoint-expired'] = {
      how: trouble.how,
      expired: trouble.count,
      task: why.held?.task || (shown?.task ?? null),
      subtasks: why.held?.subtask == null || shown === null ? (shown?.subtasks ?? []) : shown.subtasks.filter((one) => why.subtasks.has(one)),
      of: shown?.of ?? null,
      phase: shown?.phase?.phase ?? null,
      what: why.held?.what ?? null,
      at: why.held?.at ?? why.pressed?.at ?? null,
      upload: why.held !== null && why.held.subtask === null && why.held.task === '',
      perhaps: why.perhaps,
      pressed: why.pressed?.task ?? null,
    };
    const proved = why.held === null && why.pressed === null && (trouble.failedJob || trouble.current);
    return [
      {
        cause: { code: 'checkpoint-expired', facts },
        // That they expire is proved; why, only as far as the wait or the slow task is.
        certainty: proved ? 'proved' : 'suspected',
        rank: rankOf(trouble, why),
        evidence: [
          { code: 'checkpoints', facts: { how: trouble.how, expired: trouble.count, completed: trouble.completed }, at: trouble.at },
          ...(shown === null || shown.task === null || shown.subtasks.length === 0
            ? []
            : [{ code: 'acknowledged' as const, facts: { task: shown.task, missing: shown.subtasks, of: shown.of }, at: shown.at }]),
          ...(shown?.phase == null || shown.task === null
            ? []
            : [{ code: 'phase' as const, facts: { subtask: shown.task, phase: shown.phase.phase, ms: shown.phase.ms }, at: shown.at }]),
          ...why.evidence.slice(0, 2),
        ] satisfies Evidence[],
        since: trouble.since,
        knownIssue: null,
        advice: why.advice,
      },
    ];
  },
};

/** What holds the subtask up: a wait in its own thread, else the task that cannot keep up, before which barriers queue. */
interface Reason {
  held: HeldThread | null;
  /** Of the subtasks that did not acknowledge, those whose threads stand so. */
  subtasks: ReadonlySet<number>;
  /** No source says that it is this one that did not acknowledge. */
  perhaps: boolean;
  pressed: Pressure | null;
  evidence: Evidence[];
  /** As the dump says it. */
  advice: readonly string[];
}

function reasonOf(joined: Joined, silent: readonly Silent[]): Reason {
  const threads = heldThreads(joined);
  const ofSilent = threads.filter((one) => silent.some((other) => isOf(one, other)));
  const nameless = silent.some(({ task }) => task === null);
  const certain = nameless ? onlyVertex(ofSilent) : (ofSilent.find(lasts) ?? null);
  const upload = heldUploads(joined).find(lasts) ?? null;
  if (certain !== null) return held(joined, certain, ofSilent, nameless);
  if (silent.length > 0 && upload !== null) return held(joined, upload, [], true);
  const pressed = pressure(joined);
  // The thread of another vertex than the one that did not acknowledge explains nothing.
  const [moving] = ofSilent;
  if (silent.length > 0) return { ...NONE, pressed, evidence: [...(moving === undefined ? [] : [moving.evidence]), ...(pressed?.evidence ?? [])] };
  const stuck = threads.filter((one) => one.what !== 'sleep' || pressed?.task === one.task);
  const waiting = waitingThread(joined, stuck);
  if (waiting !== null) return held(joined, waiting, [], true);
  const slow = pressed === null ? null : (stuck.filter(lasts).find(({ task }) => task === pressed.task) ?? null);
  if (pressed !== null) return { ...NONE, held: slow, pressed, evidence: pressed.evidence };
  const only = onlyVertex(stuck);
  if (only !== null) return held(joined, only, [], true);
  if (upload !== null) return held(joined, upload, [], true);
  return { ...NONE, evidence: stuck.slice(0, 2).map(({ evidence }) => evidence) };
}

const NONE: Reason = { held: null, subtasks: new Set(), perhaps: false, pressed: null, evidence: [], advice: [] };

function held(joined: Joined, one: HeldThread, alike: readonly HeldThread[], perhaps: boolean): Reason {
  const beside = alike.filter((other) => other.task === one.task && other.what === one.what && other.at === one.at && lasts(other));
  const finding = [...hiddenWait.check(joined), ...hangingInitialisation.check(joined)].find(
    ({ cause }) => 'at' in cause.facts && cause.facts.at === one.at,
  );
  return {
    ...NONE,
    held: one,
    subtasks: new Set([one, ...beside].flatMap(({ subtask }) => subtask ?? [])),
    perhaps,
    evidence: [one.evidence, ...(finding?.evidence.slice(1, 2) ?? [])],
    advice: finding?.advice ?? [],
  };
}

/** A dump names a task as REST does; a vertex without a name is told by the number and the count of its subtasks alone. */
const isOf = ({ task, subtask, parallelism }: HeldThread, silent: Silent): boolean =>
  (silent.task === null ? parallelism === silent.of : task === silent.task) &&
  (silent.of === null || parallelism === null || parallelism === silent.of) &&
  subtask !== null &&
  (silent.subtasks.length === 0 ? silent.task !== null : silent.subtasks.includes(subtask));

/** The one of which the rules of dumps say that nothing seems to end its wait. */
function waitingThread(joined: Joined, threads: readonly HeldThread[]): HeldThread | null {
  const found = [...hiddenWait.check(joined), ...hangingInitialisation.check(joined)].sort((a, b) => b.rank - a.rank);
  for (const { cause } of found) {
    if (cause.code !== 'hidden-wait' && cause.code !== 'hanging-initialisation') continue;
    const { task, at } = cause.facts;
    const own = threads.find((one) => lasts(one) && one.task === task && one.at === at);
    if (own !== undefined) return own;
  }
  return null;
}

/** One that is open may yet complete: what dumps and figures say of the wait by themselves says it without doubt. */
function isToldAnyway(joined: Joined, { held: one, perhaps, pressed }: Reason): boolean {
  if (pressed !== null) return true;
  return perhaps && hiddenWait.check(joined).some(({ cause }) => 'at' in cause.facts && cause.facts.at === one?.at);
}

/** Of several vertices the one whose thread is shown, else the first. */
function silentShown(silent: readonly Silent[], { held: one }: Reason): Silent | null {
  const own = one === null ? undefined : silent.find((other) => isOf(one, other));
  return own ?? silent[0] ?? null;
}

function rankOf({ how, failedJob, current, old }: CheckpointTrouble, { held: one, perhaps }: Reason): number {
  // One that expires among many that complete is no incident by itself.
  if (how === 'expired') return failedJob ? 77 : current ? 73.5 : 43;
  if (how === 'declined') return 73;
  // What a dump says of a wait by itself comes before a checkpoint that may yet complete.
  if (how === 'aborted' || perhaps || one === null) return 69;
  return old ? 72.5 : 49.5;
}
