import type { TaskThread } from '../digest/model.ts';
import type { JoinedDump } from '../joined.ts';
import { type Conclusion, type Evidence, type IncidentRule, placeIn, repeated } from './rule.ts';

/** So many dumps must show it: one read is everyday. */
const ENOUGH = 2;

/** A subtask whose thread reads from one connection in every dump of its process: the other side does not answer, or slowly. */
export const blockedCall: IncidentRule = {
  code: 'blocked-call',
  check: ({ dumps }) => {
    const seen = new Map<string, { dump: JoinedDump; thread: TaskThread }[]>();
    for (const dump of dumps)
      for (const thread of dump.tasks) {
        const key = `${dump.process?.name ?? ''}\n${thread.thread}`;
        seen.set(key, [...(seen.get(key) ?? []), { dump, thread }]);
      }
    const places = new Map<string, { dump: JoinedDump; thread: TaskThread }[][]>();
    for (const all of seen.values()) {
      const first = all[0]?.thread;
      const at = first === undefined ? null : (first.user ?? first.external);
      if (first === undefined || at === null || all.length < ENOUGH) continue;
      if (!all.every(({ thread }) => thread.socket && (thread.user ?? thread.external) === at)) continue;
      const key = `${first.task}\n${at}`;
      places.set(key, [...(places.get(key) ?? []), all]);
    }
    return [...places.values()].map((threads): Conclusion => {
      const all = threads[0] as { dump: JoinedDump; thread: TaskThread }[];
      const { dump, thread } = all[0] as { dump: JoinedDump; thread: TaskThread };
      const at = thread.user ?? thread.external ?? '';
      return {
        cause: { code: 'blocked-call', facts: { task: thread.task, at, subtasks: threads.length, dumps: all.length } },
        certainty: 'suspected',
        rank: 56 + repeated(all.length),
        evidence: [
          { code: 'thread', facts: { thread: thread.thread, activity: 'socket', at, dumps: all.length }, at: placeIn(dump.source, thread.line) },
          ...(thread.external === null
            ? []
            : [
                {
                  code: 'thread',
                  facts: { thread: thread.thread, activity: 'external', at: thread.external, dumps: all.length },
                  at: placeIn(dump.source, thread.line),
                } satisfies Evidence,
              ]),
        ],
        since: dump.at,
        knownIssue: null,
        advice: [],
      };
    });
  },
};
