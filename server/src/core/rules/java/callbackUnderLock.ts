import { reliefOf } from '../../analysis/java/danger.ts';
import { planMove } from '../../analysis/java/edit/index.ts';
import { type Edit, isRefusal, type Plan } from '../../analysis/java/edit/plan.ts';
import { planTakeItself } from '../../analysis/java/edit/takeItself.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import type { GuardedCall, HeldPath, JavaModel, Opposite } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import { type Draft, type Fix, finding, type RelatedDraft, type Rule } from '../../model.ts';
import { SHORT_WAY } from './lockOrder.ts';
import { costWords, lockWords, orderWords, RELIEFS } from './words.ts';

/** More findings in one file are a matter for the report, not for the editor. */
const MAX_FINDINGS = 200;

export const callbackUnderLock: Rule<JavaModel> = {
  id: 'java-callback-under-lock',
  title: 'A callback is made while a lock is held',
  severity: 'warning',
  docs: `A method that calls back into other objects, or takes a lock of its own, is called inside a \`synchronized\` block or method or between \`lock()\` and \`unlock()\`. Two threads that do so towards each other wait for each other for ever: this is how FLINK-22946, FLINK-25653, FLINK-9676 and many more came about. The methods in question are in a table, each with the changes in Flink's history that took it out of a lock.

The call may stand deep inside the file: \`recycle()\` holds the lock and calls \`addExclusiveBuffer()\`, which calls \`recycleBuffer()\`. The finding stands at the inner call, with the way from the lock to it.

The quick fix makes the call after the outermost lock is released: what the call is made on goes into a local (in a loop: into a list), or the helper hands it to its callers. Where that would change what the program does, no edit is offered, and the reason is given with its place. Whether a deadlock can really happen depends on what other threads do. Where the sources beside the file are there, the implementations of the callback are looked up: the opposite order of locks makes the finding **proved**, its absence information only.`,
  check(model) {
    const found = model.guarded.slice(0, MAX_FINDINGS).map((guarded) => describe(model, guarded));
    const last = found.at(-1);
    if (last !== undefined && model.guarded.length > MAX_FINDINGS)
      last.message += ` (${model.guarded.length - MAX_FINDINGS} more in this file are not listed.)`;
    return found;
  },
};

function describe(model: JavaModel, guarded: GuardedCall): Draft {
  const { entry, call, each } = guarded.callback;
  const name = `${entry.method}()`;
  const path = guarded.paths[0] as HeldPath;
  const lock = path.locks.at(-1) as HeldLock;
  const through = path.steps.length === 0 ? '' : ` by the caller (through ${path.steps.map((step) => `${step.name}()`).join(', ')})`;
  const known = entry.issues.length === 0 ? '' : ` Known from ${entry.issues[0]}.`;
  const plan = planMove(model, guarded);
  const opposite = model.order?.opposites.find((one) => isOn(guarded, one)) ?? null;
  const isProved = opposite !== null && opposite.way.length <= SHORT_WAY && opposite.back.length <= SHORT_WAY;
  const own = reliefOf(model, guarded);
  // What is known of the buffer and the channel holds whatever the order; that nobody comes to the lock does not.
  const relief = isProved && own?.code === 'lock-not-shared' ? null : own;
  const absent = opposite === null && model.order?.known.has(call.node.from) === true;
  return finding(
    { id: callbackUnderLock.id, severity: relief === null && !absent ? entry.severity : 'info' },
    {
      message: `${name} is called while ${lockWords(lock)} is held${through}: it ${entry.danger}.${known}${relief === null ? '' : ` Here that is no danger as far as this file tells: ${RELIEFS[relief.code]}.`}`,
      span: each ? spanOf(call.node) : { start: call.nameNode.from, end: call.nameNode.to },
      certainty: isProved && relief === null ? 'proved' : 'suspected',
      related: [...related(guarded), ...(relief === null ? [] : [{ message: RELIEFS[relief.code], span: relief.span }])],
      knownIssue: entry.issues[0] ?? null,
      evidence: [`${name} runs inside ${lockWords(lock)}.`],
      missing: [orderWords(opposite, absent)],
      fixes: [...moveFix(model, guarded, plan), ...takeItself(model, guarded)],
    },
  );
}

/** The call itself, or one on the way to it from the lock. */
function isOn(guarded: GuardedCall, { call }: Opposite): boolean {
  const at = call.nameNode.from;
  return guarded.callback.call.nameNode.from === at || guarded.paths.some((path) => path.steps.some((step) => step.nameNode.from === at));
}

function related(guarded: GuardedCall): RelatedDraft[] {
  const result: RelatedDraft[] = [];
  for (const path of guarded.paths) {
    for (const lock of path.locks) result.push({ message: `${lockWords(lock)} is taken here`, span: lock.span });
    path.steps.forEach((step, index) => {
      result.push({
        message: `${index === 0 ? 'under it' : 'then'} ${step.name}() is called`,
        span: { start: step.nameNode.from, end: step.nameNode.to },
      });
    });
  }
  const seen = new Set<string>();
  const unique = result.filter((one) => {
    const key = `${one.span.start} ${one.message}`;
    return seen.has(key) ? false : seen.add(key);
  });
  if (guarded.morePaths > 0)
    unique.push({ message: `${guarded.morePaths} more ways lead here under a lock`, span: spanOf(guarded.callback.call.node) });
  return unique;
}

function moveFix(model: JavaModel, guarded: GuardedCall, plan: Plan): Fix[] {
  const name = `${guarded.callback.entry.method}()`;
  if (isRefusal(plan)) {
    const places = plan.places.length > 0 ? plan.places : [{ span: spanOf(guarded.callback.call.node), message: name }];
    return [
      {
        title: `Why is ${name} not moved out of the lock? ${plan.reason}`,
        kind: 'show',
        by: 'command',
        command: {
          id: 'logjam.showPlaces',
          arguments: [{ uri: model.uri, message: `${name} is not moved out of the lock: ${plan.reason}.`, code: plan.refused, places }],
        },
      },
    ];
  }
  return [{ title: moveTitle(guarded), kind: 'quickfix', by: 'edits', edits: plan.edits, safe: plan.safe, ...costOf(plan) }];
}

function costOf(plan: Edit): { cost?: string } {
  const cost = costWords(plan.costs);
  return cost === null ? {} : { cost };
}

function moveTitle(guarded: GuardedCall): string {
  const outer = guarded.paths[0]?.locks.at(-1);
  const what = outer?.kind === 'lock' ? 'the lock' : outer?.kind === 'synchronized-method' ? 'the synchronized method' : 'the synchronized block';
  return `Move ${guarded.callback.entry.method} outside ${what}`;
}

function takeItself(model: JavaModel, guarded: GuardedCall): Fix[] {
  const plan = planTakeItself(model, guarded);
  if (plan === null) return [];
  return [
    {
      title: 'Let the channel that waits for buffers keep the buffer itself (local remedy)',
      kind: 'quickfix',
      by: 'edits',
      edits: plan.edits,
      safe: false,
      ...costOf(plan),
    },
  ];
}
