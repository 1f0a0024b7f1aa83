import { type DroppedInterrupt, droppedInterrupts } from '../../analysis/java/jobs/interrupts.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { children, spanOf } from '../../java/syntax.ts';
import type { Fix, Rule, Severity } from '../../model.ts';
import { beside, tell } from './tell.ts';
import { JAVA_RULE_WORDS as WORDS } from './words.ts';

export const interruptDropped: Rule<JavaModel> = {
  id: 'java-interrupt-dropped',
  title: 'An interrupt is caught and dropped',
  severity: 'warning',
  docs: `A \`catch (InterruptedException e)\` that only logs, or does nothing, takes away the one sign by which Flink ends a task that waits. When a job is cancelled, the task thread is interrupted again and again; code that drops the interrupt goes on, and after \`task.cancellation.timeout\` (180 s) the whole TaskManager is killed.

It is a warning where an endless loop, or a loop of a class that Flink runs, goes on regardless, and where it happens for every record; else information. Clauses that return, break, throw, set a flag, hand the exception on or interrupt the thread again are silent.

*What to do:* let the exception through, where the method may throw it; else \`Thread.currentThread().interrupt();\` in the clause and an end to the loop.`,
  check(model) {
    return droppedInterrupts(model).map((one) => {
      const why = one.loop !== null && (one.inFunction || one.isEndless) ? 'loop' : one.perRecord ? 'record' : 'plain';
      const severity: Severity = why === 'plain' ? 'info' : 'warning';
      const facts = { why, inFunction: one.inFunction } as const;
      return tell({ id: interruptDropped.id, severity }, 'java-interrupt-dropped', facts, {
        variant: why,
        key: ['why'],
        span: spanOf(one.type),
        certainty: 'suspected',
        related: one.loop === null ? [] : [beside({ start: one.loop.from, end: one.loop.from + 5 }, 'loop-goes-on', {})],
        fixes: restore(model, one),
      });
    });
  },
};

/** Certain only where no loop would come back to the waiting at once. */
function restore(model: JavaModel, one: DroppedInterrupt): Fix[] {
  if (one.loop !== null || one.perRecord) return [];
  const { text } = model.scope.source;
  const body = one.clause.getChild('Block');
  if (body === null || !text.slice(body.from, body.to).includes('\n')) return [];
  const first = children(body).find((child) => child.name !== '{');
  const lineStart = text.lastIndexOf('\n', body.to - 1) + 1;
  const outer = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const own =
    first === undefined || first.name === '}' ? `${outer}    ` : (/^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', first.from) + 1))?.[0] ?? outer);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edit = {
    span: { start: body.from + 1, end: body.from + 1 },
    newText: `${eol}${own}Thread.currentThread().interrupt();`,
    description: WORDS.fixes['interrupt-again']({}),
  };
  return [{ title: WORDS.fixes['interrupt-again']({}), kind: 'quickfix', by: 'edits', edits: [edit], safe: false }];
}
