import { isGuarded } from '../../analysis/java/guarded.ts';
import type { ComesBack, JavaModel, LockOrder, Opposite } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Draft, Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';

/** Longer ways lead through so many classes that no program may take them, unless the object itself was handed along. */
export const SHORT_WAY = 3;

export const lockOrder: Rule<JavaModel> = {
  id: 'java-lock-order',
  title: 'Two classes take their locks in opposite orders',
  severity: 'warning',
  docs: `A call that is made under a lock takes the lock of another class; and that class, under its lock, comes to the first one. Two threads that go the two ways at the same time wait for each other for ever: FLINK-29234, where the runner of a job master stopped the leader election under its lock, while the election granted leadership under its own.

Or a call hands \`this\` to another class under a lock, and that class at once makes a known callback on it: FLINK-19026 and FLINK-19391, where a channel asked for its subpartition under its request lock and was told about data before it had left it. By itself that is information. Where the callback goes on to a lock under which others come to this class, it is the opposite order, and a warning however long the way: the object told whom to call. So was FLINK-19391, while the gate asked its channels under its own lock.

Information, too, is an order whose way back leads through a call that may reach several classes, one that is taken after a failure only, and one whose other side only this class begins, so that it can keep the two apart.

The sources of the packages concerned are read from the folders beside the file. **Proved** is the order of the classes, when both ways are short; whether the same two objects meet is not in the source. A lambda that is hung on a future counts as run in place, as it is when the future is complete. Other sources are read when the file is: after a change of those, change or open this one.

*What to do:* take what is needed under the lock, leave it, then call.`,
  check(model) {
    const { order } = model;
    if (order === null) return [];
    const own = order.opposites.filter((one) => !isGuarded(model, one.call) && order.known.has(one.call.node.from));
    const back = order.comesBack.filter((one) => !own.some((other) => other.call.node.from === one.call.node.from));
    return [...own.map((one) => opposite(one, isHandedAlong(order, one))), ...back.map(comesBack)].sort(
      (left, right) => left.span.start - right.span.start,
    );
  },
};

/** The call hands on its own object, and the way to the other lock is the callback on that very object. */
const isHandedAlong = (order: LockOrder, { call }: Opposite): boolean => order.comesBack.some((other) => other.call.node.from === call.node.from);

function opposite(one: Opposite, handedAlong: boolean): Draft {
  const facts = {
    method: one.call.name,
    lock: one.lock,
    taken: one.taken,
    way: one.way.map(({ method }) => method),
    back: one.back.map(({ method }) => method),
  };
  const isTold = handedAlong || (one.way.length <= SHORT_WAY && !one.isOpen);
  const isCertain = isTold && one.back.length <= SHORT_WAY && one.back.length > 0 && !one.isRare && !one.isOwn;
  return tell({ id: lockOrder.id, severity: isCertain ? 'warning' : 'info' }, 'java-lock-order', facts, {
    key: ['method', 'lock', 'taken'],
    span: spanOf(one.call.nameNode),
    certainty: isCertain ? 'proved' : 'suspected',
    related: [beside(one.lockSpan, 'lock-taken', { lock: { kind: 'lock', name: one.lock } })],
  });
}

function comesBack(one: ComesBack): Draft {
  const facts = {
    method: one.call.name,
    lock: one.lock,
    callback: one.callback,
    way: one.way.map(({ method }) => method),
  };
  return tell({ id: lockOrder.id, severity: 'info' }, 'java-lock-order-comes-back', facts, {
    variant: 'comes-back',
    key: ['method', 'lock', 'callback'],
    span: spanOf(one.call.nameNode),
    certainty: 'suspected',
    related: [beside(one.lockSpan, 'lock-taken', { lock: { kind: 'lock', name: one.lock } })],
  });
}
