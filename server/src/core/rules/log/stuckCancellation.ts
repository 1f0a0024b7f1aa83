import { LIBRARY } from '../../analysis/log/exceptionGroups.ts';
import { KNOWN_FRAMES } from '../../knowledge/knownFrames.ts';
import { type LogEvent, recordAt } from '../../log/model.ts';
import { methodKey } from '../../log/traces/frames.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import type { LogRule } from './types.ts';
import { LOG_FINDINGS, LOG_NOTES } from './words.ts';

export const stuckCancellation: LogRule = {
  id: 'stuck-cancellation',
  title: 'A subtask does not react to its cancellation',
  severity: 'warning',
  docs: `After \`task.cancellation.interval\` (30 s) the TaskManager prints where the thread of the cancelled subtask stands, again and again, and after \`task.cancellation.timeout\` (180 s) it ends the whole process.

The same stack every time means that the thread is stuck: it waits for something and ignores interrupts, or the interrupt is swallowed. Different stacks mean that it is slow.

*What to do:* read the top frames. Code of the job that catches \`InterruptedException\` and goes on has to be changed; waiting inside Flink may be a known deadlock: take a thread dump.`,
  check(analysis) {
    const byTask = new Map<string, LogEvent[]>();
    for (const event of analysis.log.events) {
      if (event.id !== 'cancel-stuck') continue;
      const task = event.fields.task ?? '';
      byTask.set(task, [...(byTask.get(task) ?? []), event].slice(0, 100));
    }
    return [...byTask].slice(0, 100).map(([task, events]) => {
      const first = events[0] as LogEvent;
      const stacks = events.flatMap((event) => {
        const found = event.exception === null ? undefined : analysis.log.exceptions[event.exception];
        return found === undefined ? [] : [found.top.frames.map(methodKey).join('\n')];
      });
      const same = stacks.length > 1 && stacks.every((stack) => stack === stacks[0]);
      const top = stacks[0]?.split('\n')[0];
      const own = stacks[0]?.split('\n').find((method) => !LIBRARY.test(method));
      const facts = { task, at: top === undefined || top === '' ? null : top, own: own ?? null, stacks: stacks.length, same };
      const record = first.record === null ? undefined : recordAt(analysis.log, first.record);
      return finding(stuckCancellation, {
        ...saidOf(LOG_FINDINGS.stuck, facts),
        span: record?.messageSpan ?? first.span,
        facts,
        certainty: 'proved',
        evidence: whereItStands(stacks[0]),
        related: events.slice(1, 10).map((event) => ({ message: LOG_NOTES.repeated, span: event.span })),
      });
    });
  },
};

/** Roles of the thread that a task runs in. */
const TASK_ROLES = new Set(['task']);
const DEEPEST = 25;

/** What it means to stand in these frames, by the frames that are known. The innermost one that says something wins. */
function whereItStands(stack: string | undefined): string[] {
  for (const method of (stack ?? '').split('\n').slice(0, DEEPEST)) {
    const known = KNOWN_FRAMES.find(({ frame, roles }) => frame.test(method) && (roles === undefined || roles.some((role) => TASK_ROLES.has(role))));
    if (known !== undefined) return [LOG_NOTES.standsAt(known.title, known.meaning)];
  }
  return [];
}
