import { cycleFindings } from './cycle.ts';
import type { DumpRule } from './types.ts';

const OF_THIS_RULE = new Set(['monitor', 'ownable', 'mixed', 'virtual']);

export const deadlock: DumpRule = {
  id: 'deadlock',
  title: 'Threads wait for each other in a cycle',
  severity: 'error',
  docs: `Each of these threads holds a lock that the next one waits for, and the last one waits for the first: none of them can ever go on. Only a restart of the process ends it.

The finding names exactly the members of the cycle. Threads that merely wait behind it are counted as held up; they are not its cause.

**Proved** when the dump shows every wait and every holder. **Suspected** when a member waits with a timeout, when an owner had to be concluded, or when the threads were sampled one after the other (\`jcmd Thread.dump_to_file\`).

The JVM's own search misses cycles that go through virtual threads; this rule does not.

*What to do:* make both code paths take the locks in one order, or do not call into foreign code (callbacks, listeners, buffer recycling) while a lock is held.`,
  check: (analysis, context) => cycleFindings({ id: 'deadlock', severity: () => 'error' }, analysis, ({ kind }) => OF_THIS_RULE.has(kind), context),
};
