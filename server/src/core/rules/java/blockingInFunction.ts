import { blockingCalls } from '../../analysis/java/jobs/blocking.ts';
import { reachedPerRecord } from '../../analysis/java/jobs/reach.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Rule, Severity } from '../../model.ts';
import { beside, tell } from './tell.ts';

const OUTSIDE = new Set(['http', 'jdbc']);

export const blockingInFunction: Rule<JavaModel> = {
  id: 'java-blocking-in-function',
  title: 'A function waits for every record',
  severity: 'warning',
  docs: `A method that Flink calls for every record sleeps, waits for a future, a latch, a queue or a thread, or asks a database or a web service and waits for the answer. The task thread does nothing else meanwhile: no other record, no barrier of a checkpoint, no timer. What is in front of the operator stands in back-pressure.

Requests to other systems belong into \`AsyncDataStream.unorderedWait(…)\` with an \`AsyncFunction\`, whose \`asyncInvoke()\` starts the request and completes its \`ResultFuture\` from the callback. An \`asyncInvoke()\` that waits itself is no better than a \`map()\` that does. Waiting for time belongs into a timer (\`ctx.timerService().registerProcessingTimeTimer(…)\`), waiting for others into \`open()\`.

Sinks, sources and input formats wait by their nature and are not reported for it. A call that is reached through methods of the same file is reported with the way to it. An answer from outside is information only, as a cache in front of it may make it rare.`,
  check(model) {
    return blockingCalls(model).flatMap(({ kind, call }) => {
      const reached = reachedPerRecord(model, call.node);
      if (reached === null || reached.owner.kind === 'sink' || reached.owner.kind === 'source') return [];
      const isAsync = reached.owner.kind === 'async';
      const severity: Severity = OUTSIDE.has(kind) && !isAsync ? 'info' : 'warning';
      const facts = { waits: kind, method: reached.method.name, base: reached.owner.base, through: reached.steps.map((step) => step.name) };
      return tell({ id: blockingInFunction.id, severity }, 'java-blocking-in-function', facts, {
        variant: kind,
        span: spanOf(call.nameNode),
        certainty: 'suspected',
        related: reached.steps.map((step) => beside(spanOf(step.nameNode), 'called-on-way', { method: step.name })),
      });
    });
  },
};
