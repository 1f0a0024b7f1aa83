import { reliefOf } from '../../analysis/java/danger.ts';
import { planMove } from '../../analysis/java/edit/index.ts';
import { type Edit, isRefusal, type Plan } from '../../analysis/java/edit/plan.ts';
import { planTakeItself } from '../../analysis/java/edit/takeItself.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import type { GuardedCall, HeldPath, JavaModel, Opposite, Step } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Draft, Fix, RelatedDraft, Rule } from '../../model.ts';
import { say } from '../../wording.ts';
import type { LockFact, OrderFact } from './facts.ts';
import { SHORT_WAY } from './lockOrder.ts';
import { beside, tell } from './tell.ts';
import { costWords, REASONS, reasonPlace, textEdits, JAVA_RULE_WORDS as WORDS } from './words.ts';

/** Further than this the opposite order lies in so many methods, and in so many files, that no program may come to it. */
const LONG_WAY = { steps: 4, files: 3 };

/** More findings in one file are a matter for the report, not for the editor. */
const MAX_FINDINGS = 200;

export const callbackUnderLock: Rule<JavaModel> = {
  id: 'java-callback-under-lock',
  title: 'A callback is made while a lock is held',
  severity: 'warning',
  docs: `A method that calls back into other objects, or takes a lock of its own, is called inside a \`synchronized\` block or method or between \`lock()\` and \`unlock()\`. Two threads that do so towards each other wait for each other for ever: this is how FLINK-22946, FLINK-25653, FLINK-9676 and many more came about. The methods in question are in a table, each with the changes in Flink's history that took it out of a lock.

The call may stand deep inside the file: \`recycle()\` holds the lock and calls \`addExclusiveBuffer()\`, which calls \`recycleBuffer()\`. The finding stands at the inner call, with the way from the lock to it.

The quick fix makes the call after the outermost lock is released: what the call is made on goes into a local (in a loop: into a list), or the helper hands it to its callers. Where that would change what the program does, no edit is offered, and the reason is given with its place. Whether a deadlock can really happen depends on what other threads do. Where the sources beside the file are there, the implementations of the callback are looked up: the opposite order of locks makes the finding **proved**; its absence makes it information only, and so do ways that are so long, or so open as to which class is called, that no program may take them. A lock that a class hands to another in its constructor is one lock (FLINK-25653).`,
  check(model) {
    const shown = model.guarded.slice(0, MAX_FINDINGS);
    return shown.map((guarded, index) => describe(model, guarded, index === shown.length - 1 ? model.guarded.length - shown.length : 0));
  },
};

function describe(model: JavaModel, guarded: GuardedCall, more: number): Draft {
  const { entry, call, each } = guarded.callback;
  const path = guarded.paths[0] as HeldPath;
  const lock = path.locks.at(-1) as HeldLock;
  const plan = planMove(model, guarded);
  const opposite = model.order?.opposites.find((one) => isOn(model, guarded, one)) ?? null;
  const isProved = opposite !== null && opposite.way.length <= SHORT_WAY && opposite.back.length <= SHORT_WAY;
  const own = reliefOf(model, guarded);
  // What is known of the buffer and the channel holds whatever the order; that nobody comes to the lock does not.
  const relief = isProved && own?.code === 'lock-not-shared' ? null : own;
  const isLookedUp = model.order?.known.has(call.node.from) === true;
  const order = orderOf(opposite, opposite === null && isLookedUp);
  const isFar = isLookedUp && !isProved && opposite !== null && (opposite.isOpen || isLong(opposite.way) || isLong(opposite.back));
  const facts = {
    method: entry.method,
    lock: lockFact(lock),
    through: path.steps.map((step) => step.name),
    danger: entry.danger,
    relief: relief?.code ?? null,
    order,
    more,
  };
  return tell(
    { id: callbackUnderLock.id, severity: relief === null && order.known !== 'absent' && !isFar ? entry.severity : 'info' },
    'java-callback-under-lock',
    facts,
    {
      key: ['method', 'lock', 'through'],
      span: each ? spanOf(call.node) : { start: call.nameNode.from, end: call.nameNode.to },
      certainty: isProved && relief === null ? 'proved' : 'suspected',
      related: [...related(guarded), ...(relief === null ? [] : [beside(relief.span, 'relief', { relief: relief.code })])],
      knownIssue: entry.issues[0] ?? null,
      fixes: [...moveFix(model, guarded, plan), ...takeItself(model, guarded)],
    },
  );
}

/** Calls inside a class are sure, so that many of them in few files are no long way. */
const isLong = (way: readonly Step[]): boolean => way.length > LONG_WAY.steps && new Set(way.map(({ uri }) => uri)).size > LONG_WAY.files;

const lockFact = ({ kind, lock }: HeldLock): LockFact => ({ kind, name: lock });

function orderOf(opposite: Opposite | null, absent: boolean): OrderFact {
  if (opposite === null) return { known: absent ? 'absent' : 'nothing' };
  return opposite.back.length > 0 ? { known: 'way', back: opposite.back.map(({ method }) => method) } : { known: 'same-code' };
}

/** The call itself, or one on the way to it from the lock, where it is this callback that leads on to the other lock. */
function isOn(model: JavaModel, guarded: GuardedCall, { call, way }: Opposite): boolean {
  const at = call.nameNode.from;
  const { from } = guarded.callback.call.nameNode;
  if (from === at) return true;
  const isOnPath = guarded.paths.some((path) => path.steps.some((step) => step.nameNode.from === at));
  return isOnPath && way.some(({ uri, span }) => uri === model.uri && span.start === from);
}

function related(guarded: GuardedCall): RelatedDraft[] {
  const result: RelatedDraft[] = [];
  for (const path of guarded.paths) {
    for (const lock of path.locks) result.push(beside(lock.span, 'lock-taken', { lock: lockFact(lock) }));
    path.steps.forEach((step, index) => {
      result.push(beside(spanOf(step.nameNode), index === 0 ? 'called-under-lock' : 'called-then', { method: step.name }));
    });
  }
  const seen = new Set<string>();
  const unique = result.filter((one) => {
    const key = `${one.span.start} ${one.message}`;
    return seen.has(key) ? false : seen.add(key);
  });
  if (guarded.morePaths > 0) unique.push(beside(spanOf(guarded.callback.call.node), 'more-ways', { count: guarded.morePaths }));
  return unique;
}

function moveFix(model: JavaModel, guarded: GuardedCall, plan: Plan): Fix[] {
  const { method } = guarded.callback.entry;
  if (isRefusal(plan)) {
    const reason = say(REASONS, plan.reason);
    const places = plan.places.length > 0 ? plan.places.map(reasonPlace) : [beside(spanOf(guarded.callback.call.node), 'called-on-way', { method })];
    return [
      {
        title: WORDS.fixes['why-not-moved']({ method, reason }),
        kind: 'show',
        by: 'command',
        command: {
          id: 'logjam.showPlaces',
          arguments: [{ uri: model.uri, message: WORDS.fixes['not-moved']({ method, reason }), code: plan.refused, places }],
        },
      },
    ];
  }
  return [{ title: moveTitle(guarded), kind: 'quickfix', by: 'edits', edits: textEdits(plan.edits), safe: plan.safe, ...costOf(plan) }];
}

function costOf(plan: Edit): { cost?: string } {
  const cost = costWords(plan.costs);
  return cost === null ? {} : { cost };
}

function moveTitle(guarded: GuardedCall): string {
  const outer = guarded.paths[0]?.locks.at(-1);
  return WORDS.fixes['move-out']({ method: guarded.callback.entry.method, lock: outer?.kind ?? 'synchronized-block' });
}

function takeItself(model: JavaModel, guarded: GuardedCall): Fix[] {
  const plan = planTakeItself(model, guarded);
  if (plan === null) return [];
  return [
    {
      title: WORDS.fixes['keep-buffer']({}),
      kind: 'quickfix',
      by: 'edits',
      edits: textEdits(plan.edits),
      safe: false,
      ...costOf(plan),
    },
  ];
}
