import { isGuarded } from '../../analysis/java/guarded.ts';

import type { ComesBack, JavaModel, Opposite } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Draft, Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';

/** Of the places in Flink that ask for something under a lock, none that was read can meet its other side. */
const QUESTION = /^(?:is|has)[A-Z]/;

/** Longer ways lead through so many classes that no program may take them. */
export const SHORT_WAY = 3;

export const lockOrder: Rule<JavaModel> = {
  id: 'java-lock-order',
  title: 'Two classes take their locks in opposite orders',
  severity: 'warning',
  docs: `A call that is made under a lock takes the lock of another class; and that class, under its lock, comes to the first one. Two threads that go the two ways at the same time wait for each other for ever: FLINK-29234, where the runner of a job master stopped the leader election under its lock, while the election granted leadership under its own.

Or a call hands \`this\` to another class under a lock, and that class at once makes a known callback on it: FLINK-19026 and FLINK-19391, where a channel asked for its subpartition under its request lock and was told about data before it had left it. That is information: a deadlock needs the opposite order as well, which would be told. Information, too, is an order whose way back leads through a call that may reach several classes, one that is taken after a failure only, and a mere question (\`isReleased()\`).

The sources of the packages concerned are read from the folders beside the file. **Proved** is the order of the classes, when both ways are short; whether the same two objects meet is not in the source. A lambda that is hung on a future counts as run in place, as it is when the future is complete. Other sources are read when the file is: after a change of those, change or open this one.

*What to do:* take what is needed under the lock, leave it, then call.`,
  check(model) {
    const { order } = model;
    if (order === null) return [];
    const own = order.opposites.filter((one) => !isGuarded(model, one.call) && order.known.has(one.call.node.from));
    const back = order.comesBack.filter((one) => !own.some((other) => other.call.node.from === one.call.node.from));
    return [...own.map(opposite), ...back.map(comesBack)].sort((left, right) => left.span.start - right.span.start);
  },
};

function opposite(one: Opposite): Draft {
  const facts = {
    method: one.call.name,
    lock: one.lock,
    taken: one.taken,
    way: one.way.map(({ method }) => method),
    back: one.back.map(({ method }) => method),
  };
  const isShort =
    one.way.length <= SHORT_WAY && one.back.length <= SHORT_WAY && one.back.length > 0 && !one.isOpen && !one.isRare && !QUESTION.test(one.call.name);
  return tell({ id: lockOrder.id, severity: isShort ? 'warning' : 'info' }, 'java-lock-order', facts, {
    key: ['method', 'lock', 'taken'],
    span: spanOf(one.call.nameNode),
    certainty: isShort ? 'proved' : 'suspected',
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
