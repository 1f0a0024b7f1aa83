import { closesUnderLock, completesUnderLock, type UnderLock } from '../../analysis/java/jobs/underLock.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Draft, Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';

function describe(rule: Rule<JavaModel>, code: 'java-completes-future-under-lock' | 'java-closes-under-lock', one: UnderLock): Draft {
  const facts = { method: one.call.name, type: one.type, lock: { kind: one.lock.kind, name: one.lock.lock }, open: one.isOpen };
  return tell({ id: rule.id, severity: one.isOpen ? 'info' : 'hint' }, code, facts, {
    key: ['method', 'type', 'lock'],
    span: spanOf(one.call.nameNode),
    certainty: 'suspected',
    related: [beside(one.lock.span, 'lock-taken', { lock: facts.lock })],
  });
}

export const completesFutureUnderLock: Rule<JavaModel> = {
  id: 'java-completes-future-under-lock',
  title: 'A future is completed while a lock is held',
  severity: 'info',
  docs: `Completing a \`CompletableFuture\` runs everything that was hung on it with \`thenRun\`, \`thenApply\`, \`whenComplete\` and the like there and then, in this thread, under the locks that it holds. What is hung on a future that others get is code of others: it may take its own locks, or come back.

Information where a method of the class hands the future out; a hint where only this class can hang something on it.

*What to do:* take the future under the lock, leave it, complete it.`,
  check: (model) => completesUnderLock(model).map((one) => describe(completesFutureUnderLock, 'java-completes-future-under-lock', one)),
};

export const closesComponentUnderLock: Rule<JavaModel> = {
  id: 'java-closes-under-lock',
  title: 'Another component is closed while a lock is held',
  severity: 'info',
  docs: `Closing a service, a driver, a client, an executor or a pool waits for its threads, or calls back into those who use it. When such a thread needs the lock that is held, neither goes on: FLINK-20008 and FLINK-32311 (the driver of leader election), FLINK-29234 (the election service under the lock of the runner).

Reported are components that have threads of their own, by the name of their class; streams, readers, files and results are silent.

*What to do:* take it out of its field under the lock, leave the lock, close it.`,
  check: (model) => closesUnderLock(model).map((one) => describe(closesComponentUnderLock, 'java-closes-under-lock', one)),
};
