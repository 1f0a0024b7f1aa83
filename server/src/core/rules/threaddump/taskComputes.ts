import { type HotTasks, hotTasksOf, shareOf } from '../../analysis/threaddump/hotTasks.ts';
import { frameName } from '../../analysis/threaddump/names.ts';
import type { Draft } from '../../model.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const IN_RELATED = 10;

export const taskComputes: DumpRule = {
  id: 'task-computes-all-along',
  title: 'A subtask computes all along, the others hardly',
  severity: 'warning',
  docs: `The JVM prints how much each thread has computed (\`cpu=\`, from JDK 11 on) and how long it lives (\`elapsed=\`). This task thread has spent at least nine tenths of its life on a core, while other subtasks of its vertex have spent next to nothing. Either nearly all records come to it (skew), or it never comes to an end with one.

Two endless loops show in the stack:

- a map of the JDK that is not made for several threads (\`HashMap\`, \`WeakHashMap\`, \`TreeMap\`): when two threads change it at once it may come to hold a circle, and whoever looks into it never comes back. A static map is shared by all subtasks in one TaskManager.
- a regular expression with repetitions within repetitions, such as \`(a+\\s?)*\`: on some texts the time doubles with every character.

Without such a loop it is an information. A vertex whose subtasks all compute much has much to do, and is not reported.

Always **suspected**: one dump does not show that the thread stays there.

*What to do:* take a second dump: a loop stands at the same place. Use a \`ConcurrentHashMap\`, or one map for each subtask. Rewrite the expression, or bound the text that it is given. Without a loop, compare the numbers of records of the subtasks.`,
  check: (analysis) => analysis.dumps.flatMap((analysed) => hotTasksOf(analysed).map(describe)),
};

function spentBy(thread: HotTasks['hot'][number]['thread']): { percent: number; seconds: number } | null {
  const share = shareOf(thread);
  return share === null ? null : { percent: Math.round(share * 100), seconds: Math.round((thread.elapsedMs ?? 0) / 1000) };
}

function describe({ vertex, hot, calm, caller, inside, loop, depth }: HotTasks): Draft {
  const [first, ...others] = hot.map(({ thread }) => thread) as [HotTasks['hot'][number]['thread']];
  const facts = {
    thread: first.name,
    task: vertex.task,
    threads: hot.length,
    calm,
    at: frameName(caller),
    inside: inside === null ? null : frameName(inside),
    loop,
    depth,
    spent: spentBy(first),
  };
  return tell({ id: taskComputes.id, severity: loop === null ? 'info' : taskComputes.severity }, 'task-computes-all-along', facts, {
    certainty: 'suspected',
    key: ['task', 'at'],
    span: first.nameSpan,
    related: [
      beside(caller.span, 'it-computes-here', {}),
      ...(others as (typeof first)[]).slice(0, IN_RELATED).map(({ name, nameSpan }) => beside(nameSpan, 'computes-too', { thread: name })),
    ],
  });
}
