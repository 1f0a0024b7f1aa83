import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { type Lockout, lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { frameName } from '../../analysis/threaddump/names.ts';
import type { Draft } from '../../model.ts';
import { lockNode } from '../../nodeIds/lockWait.ts';
import type { LockoutFacts } from './facts.ts';
import { beside, showInGraph, tellWait, waitToo } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX = 20;
const IN_RELATED = 5;

/** Waits that hardly ever come without a timeout, which is then far away. */
const ALWAYS_TIMED: ReadonlySet<string> = new Set(['executor', 'thread']);

export const lockHolderWaits: DumpRule = {
  id: 'lock-holder-waits',
  title: 'The holder of a lock waits for something else',
  severity: 'warning',
  docs: `A thread holds a lock (a monitor, a java.util.concurrent lock, a class that it is initialising) and waits for something that is not a lock: a latch, a future, a condition, another thread, the end of an executor. At least one other thread wants that lock. When that thread is the one who is to open the latch, complete the future or send the signal, neither can ever go on (nested monitor lockout). The JVM's own search finds no such deadlock, as nobody "holds" a latch or a future.

Always **suspected**: no dump shows who completes a future. With one single waiter in the same class it is nearly always so. A wait with a timeout ends by itself and is reported as information.

*What to do:* do not wait while a lock is held. Release it before, or let the other side do without it. Use no pool and wait for no other thread in a static initialiser.`,
  check(analysis, { uri }) {
    return analysis.dumps.flatMap((analysed, index) =>
      groupsOf(lockoutsOf(analysed))
        .slice(0, MAX)
        .map((group) => describe(analysed, index, group, uri)),
    );
  },
};

/** Holders that wait at one place are one finding, however many locks of their own they hold. */
function groupsOf(lockouts: readonly Lockout[]): Lockout[][] {
  const groups = new Map<string, Lockout[]>();
  for (const lockout of lockouts) {
    const key = `${frameName(lockout.wait.caller)}\n${lockout.wait.for}\n${lockout.lock.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [lockout]);
    else group.push(lockout);
  }
  return [...groups.values()];
}

function describe({ waits: graph }: AnalysedDump, dumpIndex: number, group: readonly Lockout[], uri: string): Draft {
  const { holder, lock, wait, waiters, total } = group[0] as Lockout;
  const facts: LockoutFacts = {
    holder: holder.name,
    lock: lockFacts(lock),
    at: frameName(wait.caller),
    for: wait.for,
    timed: wait.timed,
    waiter: waiters[0]?.name ?? '',
    waiters: waiters.length,
    total,
    others: group.length - 1,
  };
  return tellWait(lockHolderWaits, 'lock-holder-waits', facts, {
    ends: wait.timed && !ALWAYS_TIMED.has(wait.for),
    key: ['holder', 'at', 'for'],
    caller: wait.caller,
    span: lock.holds.find(({ threadIndex }) => threadIndex === holder.index)?.place?.span ?? holder.span,
    related: [
      ...waiters
        .slice(0, IN_RELATED)
        .map(({ index, name, span }) => beside(graph.waits.get(index)?.place.lockSpan ?? span, 'wants', { thread: name, lock: facts.lock })),
      ...waitToo(group.slice(1, IN_RELATED).map((other) => other.holder)),
    ],
    fixes: [showInGraph('show-lock', uri, lockNode(dumpIndex, lock.id))],
  });
}
