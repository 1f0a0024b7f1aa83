import { staticWaits } from '../../analysis/java/jobs/staticInit.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';

export const staticInitializerWaits: Rule<JavaModel> = {
  id: 'java-static-initializer-waits',
  title: 'A static initialiser waits for other threads',
  severity: 'warning',
  docs: `A static block, or the value of a static field, hands work to other threads and waits for it. While a class is being initialised, every other thread that uses it waits for the initialisation; a lambda of the class is part of the class. So the thread of the pool waits for the initialiser, and the initialiser for the thread. No dump shows a lock: the thread is RUNNABLE in \`<clinit>\`, or waits in \`Object.wait()\` on a class. FLINK-19435 is a deadlock of class initialisation in a JDBC sink.

*What to do:* compute it in the initialising thread, or on first use in a holder class of its own, or in \`open()\`.`,
  check(model) {
    return staticWaits(model).map(({ call, nameNode, initializer }) => {
      const facts = { method: nameNode.name === 'MethodName' ? model.scope.source.text.slice(nameNode.from, nameNode.to) : '' };
      return tell(staticInitializerWaits, 'java-static-initializer-waits', facts, {
        span: spanOf(nameNode),
        certainty: 'suspected',
        related: [beside({ start: initializer.from, end: Math.min(initializer.from + 6, call.to) }, 'initializer', {})],
      });
    });
  },
};
