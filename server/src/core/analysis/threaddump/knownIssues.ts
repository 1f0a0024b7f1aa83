import { KNOWN_ISSUES, type KnownIssue, type Symptom, type ThreadPattern } from '../../knowledge/issues/index.ts';
import { judgeVersion, type VersionVerdict } from '../../knowledge/issueVersions.ts';
import type { Certainty, FlinkVersion } from '../../model.ts';
import type { Thread, ThreadDump } from '../../threaddump/model.ts';
import type { Deadlock } from './deadlockModel.ts';
import { occurs } from './dumpMethods.ts';
import type { AnalysedDump } from './model.ts';
import { roleOf } from './roles.ts';

/** A known bug whose shape a dump shows. */
export interface IssueMatch {
  issue: KnownIssue;
  /** Index of the dump. */
  dump: number;
  /** Threads that show it, the telling ones first. */
  threads: Thread[];
  deadlock: Deadlock | null;
  version: VersionVerdict;
  certainty: Certainty;
  /** The outer frames that would settle it are cut off in the dump. */
  cut: boolean;
}

/** How many of the patterns occur on the stack, in their order, other frames between them allowed. */
function inOrder(patterns: readonly RegExp[], { methods }: Thread): number {
  let at = 0;
  for (const method of methods) {
    if (at < patterns.length && (patterns[at] as RegExp).test(method)) at++;
    if (at === patterns.length) break;
  }
  return at;
}

function fits(side: ThreadPattern, thread: Thread): boolean {
  if (!mayShow(side, thread)) return false;
  if (side.innermost && side.frames[0]?.test(thread.methods[0] ?? '') !== true) return false;
  return inOrder(side.frames, thread) === side.frames.length && hasRole(side, thread);
}

/** A stack that the dump cuts off can only show the inner patterns; the first two are enough for a suspicion. */
function fitsAsFarAsShown(side: ThreadPattern, thread: Thread): boolean {
  if (!mayShow(side, thread)) return false;
  const seen = inOrder(side.frames, thread);
  return (seen === side.frames.length || (thread.framesCut && seen >= Math.min(2, side.frames.length))) && hasRole(side, thread);
}

function mayShow(side: ThreadPattern, thread: Thread): boolean {
  if (side.states && (thread.state === null || !side.states.includes(thread.state))) return false;
  return !side.name || side.name.test(thread.name);
}

const hasRole = ({ roles }: ThreadPattern, { name }: Thread): boolean => !roles || roles.includes(roleOf(name)?.role.id ?? '');

/** Whether the dump has a method for every frame of the side, on whatever stacks. */
const occursIn = (dump: ThreadDump, { frames }: Pick<ThreadPattern, 'frames'>): boolean => frames.every((frame) => occurs(dump, frame));

/** All known bugs whose shape a dump shows, whatever the version says about them; rules decide what is worth telling. */
export function matchIssues(analysed: AnalysedDump, dump: number, version: FlinkVersion | null): IssueMatch[] {
  const matches: IssueMatch[] = [];
  const add: Add = (issue, threads, deadlock, cut = false) => {
    const verdict = judgeVersion(issue, version);
    const certainty: Certainty = deadlock?.certainty === 'proved' && verdict === 'affected' && !cut ? 'proved' : 'suspected';
    matches.push({ issue, dump, threads, deadlock, version: verdict, certainty, cut });
  };
  matchCycles(analysed, add);
  matchLocks(analysed, add);
  matchThreads(analysed, add);
  return matches;
}

type Add = (issue: KnownIssue, threads: Thread[], deadlock: Deadlock | null, cut?: boolean) => void;

function issuesOf<S extends KnownIssue['signature']['shape']>(shape: S) {
  return KNOWN_ISSUES.flatMap((issue) =>
    issue.signature.shape === shape ? [{ issue, signature: issue.signature as Extract<KnownIssue['signature'], { shape: S }> }] : [],
  );
}
const CYCLES = issuesOf('cycle');
const LOCKS = issuesOf('lock');
const WAITERS = issuesOf('waiters');
const SIDES = issuesOf('stacks');
const COUNTS = issuesOf('count');
const RECURSIONS = issuesOf('recursion');
const SYMPTOMS = issuesOf('symptom');

function matchCycles({ deadlocks, waits }: AnalysedDump, add: Add): void {
  for (const deadlock of deadlocks) {
    const members = deadlock.threads.flatMap((threadIndex) => waits.threads[threadIndex]?.thread ?? []);
    for (const { issue, signature } of CYCLES) {
      const { lockClass, sides } = signature;
      if (lockClass && !deadlock.locks.every((lock) => lock.ref.className === null || lockClass.test(lock.ref.className))) continue;
      const first = pairOf(sides, members, fitsAsFarAsShown);
      if (first === undefined) continue;
      const whole = pairOf(sides, members, fits) !== undefined;
      add(issue, [first, ...members.filter((thread) => thread !== first)], deadlock, !whole);
    }
  }
}

/** A member that fits one side while another member fits the other. */
function pairOf(
  [one, other]: [ThreadPattern, ThreadPattern],
  members: readonly Thread[],
  fit: (side: ThreadPattern, thread: Thread) => boolean,
): Thread | undefined {
  return members.find((thread) => fit(one, thread) && members.some((rest) => rest !== thread && fit(other, rest)));
}

function matchLocks({ dump, waits, deadlocks }: AnalysedDump, add: Add): void {
  const inDeadlock = new Map(deadlocks.flatMap((deadlock) => deadlock.threads.map((threadIndex) => [threadIndex, deadlock] as const)));
  const found = new Set<KnownIssue>();
  const possible = LOCKS.filter(({ signature }) => occursIn(dump, signature.holder) && occursIn(dump, signature.waiter));
  for (const wait of possible.length === 0 ? [] : waits.waits.values()) {
    if (wait.owner === null) continue;
    const waiter = waits.threads[wait.threadIndex]?.thread;
    const holder = waits.threads[wait.owner]?.thread;
    if (!waiter || !holder || waiter === holder) continue;
    for (const { issue, signature } of possible) {
      if (found.has(issue)) continue;
      if (signature.lockClass && !signature.lockClass.test(wait.lock.ref.className ?? '')) continue;
      if (!fits(signature.waiter, waiter) || !fits(signature.holder, holder)) continue;
      found.add(issue);
      add(issue, [holder, waiter], inDeadlock.get(wait.threadIndex) ?? null);
    }
  }
  for (const { issue, signature } of WAITERS) {
    if (!occursIn(dump, signature.waiter)) continue;
    const threads = [...waits.waits.values()]
      .filter((wait) => signature.lockClass?.test(wait.lock.ref.className ?? '') ?? true)
      .flatMap((wait) => waits.threads[wait.threadIndex]?.thread ?? [])
      .filter((thread) => fits(signature.waiter, thread));
    if (threads.length >= signature.atLeast) add(issue, threads, null);
  }
}

function matchThreads({ dump }: AnalysedDump, add: Add): void {
  const { threads: all } = dump;
  for (const { issue, signature } of SIDES) {
    if (!signature.sides.every((side) => occursIn(dump, side))) continue;
    const bySide = signature.sides.map((side) => ({ side, threads: all.filter((thread) => fits(side, thread)) }));
    if (bySide.some(({ side, threads }) => threads.length < (side.atLeast ?? 1))) continue;
    // Two sides need two threads: one stack that fits both is no pair.
    const distinct = new Set(bySide.flatMap(({ threads }) => threads));
    const { tasksIn } = signature;
    if (tasksIn !== undefined && tasksOf(dump).some(({ methods }) => !methods.some((method) => tasksIn.test(method)))) continue;
    if (distinct.size >= signature.sides.length) add(issue, [...distinct], null);
  }
  for (const { issue, signature } of RECURSIONS) {
    const { frames, atLeast } = signature;
    if (!occursIn(dump, signature)) continue;
    const thread = all.find(({ methods }) => methods.length >= atLeast * frames.length && frames.every((frame) => count(methods, frame) >= atLeast));
    if (thread !== undefined) add(issue, [thread], null);
  }
  for (const { issue, signature } of COUNTS) {
    const groups = new Map<string, Thread[]>();
    const start = literalStart(signature.name);
    for (const thread of dump.threads) {
      if (!thread.name.startsWith(start)) continue;
      const match = signature.name.exec(thread.name);
      if (match === null || (signature.frames && inOrder(signature.frames, thread) < signature.frames.length)) continue;
      const group = match[1] ?? '';
      const same = groups.get(group);
      if (same === undefined) groups.set(group, [thread]);
      else same.push(thread);
    }
    for (const threads of groups.values()) if (threads.length >= signature.atLeast) add(issue, threads, null);
  }
}

const tasksOf = ({ threads }: AnalysedDump['dump']): Thread[] => threads.filter(({ name }) => roleOf(name)?.role.id === 'task');

/** What every name begins with that a pattern matches, as far as it is easily told: "I/O dispatcher " for `^I\/O dispatcher \d+$`. */
function literalStart({ source }: RegExp): string {
  const start = source.includes('|') ? null : /^\^\(?((?:[\w -]|\\\/)+)(?![\w?*+{ -])/.exec(source);
  return (start?.[1] ?? '').replaceAll('\\/', '/');
}

const count = (methods: readonly string[], pattern: RegExp): number => methods.filter((method) => pattern.test(method)).length;

/** Bugs that a single dump can neither show nor exclude: the picture fits, the version has the bug. For the report, never a finding. */
export function notExcluded(symptoms: ReadonlySet<Symptom>, version: FlinkVersion | null): { issue: KnownIssue; toConfirm: string }[] {
  return SYMPTOMS.filter(({ issue, signature }) => {
    const verdict = judgeVersion(issue, version);
    return (
      (verdict === 'affected' || (verdict === 'possible' && issue.affected.length === 0)) &&
      signature.symptoms.every((symptom) => symptoms.has(symptom))
    );
  }).map(({ issue, signature }) => ({ issue, toConfirm: signature.toConfirm }));
}
