import { operatorsWithoutUid } from '../../analysis/java/jobs/uids.ts';
import type { JavaModel } from '../../analysis/java/model.ts';
import { spanOf } from '../../java/syntax.ts';
import type { Rule } from '../../model.ts';
import { beside, tell } from './tell.ts';

const MAX_PLACES = 20;

export const missingUid: Rule<JavaModel> = {
  id: 'java-missing-uid',
  title: 'Operators with state have no uid',
  severity: 'hint',
  docs: `The state in a savepoint belongs to operators by their ids. Without \`uid("…")\` the id is made from the shape of the job graph: adding, removing or chaining an operator anywhere before changes it, and the state no longer finds its operator (\`Cannot map checkpoint/savepoint state\`), or is left out with \`--allowNonRestoredState\`.

Looked at are sources, sinks, and what stands right behind \`keyBy\` or a window, in programs that make a \`StreamExecutionEnvironment\`. One finding a file.

*What to do:* \`.uid("…")\` behind each of them, a name that is never changed. The SQL planner gives ids of its own.`,
  check(model) {
    const found = operatorsWithoutUid(model);
    const [first] = found;
    if (first === undefined) return [];
    const facts = { operators: found.map(({ name }) => name), count: found.length };
    return [
      tell(missingUid, 'java-missing-uid', facts, {
        key: [],
        span: spanOf(first.nameNode),
        certainty: 'proved',
        related: found.slice(1, MAX_PLACES).map(({ name, nameNode }) => beside(spanOf(nameNode), 'no-uid-either', { operator: name })),
      }),
    ];
  },
};
