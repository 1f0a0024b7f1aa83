import { documentsOf } from '../../analysis/rest/model.ts';
import { MAX_FINDINGS, type RestRule, tell } from './shared.ts';

const NEARLY_FULL = 0.95;
/** Heartbeats come every 10 s (heartbeat.interval) and are given up after 50 s. */
const SILENT_MS = 25_000;

export const noTaskManager: RestRule = {
  id: 'no-task-manager',
  title: 'No TaskManager is registered',
  severity: 'error',
  docs: `\`/overview\` counts no TaskManager while a job runs: no task of it has a slot. With Kubernetes or YARN in application mode they may be on their way.`,
  check: ({ rest }) =>
    documentsOf(rest, 'overview')
      .filter(({ taskManagers, jobs }) => taskManagers === 0 && (jobs.running ?? 0) > 0)
      .slice(0, 1)
      .map(({ slotsSpan }) => tell(noTaskManager, 'no-task-manager', {}, { certainty: 'proved', span: slotsSpan })),
};

export const taskManagerMemory: RestRule = {
  id: 'task-manager-memory',
  title: 'The memory of a TaskManager is nearly full',
  severity: 'info',
  docs: `At the moment of the answer 95 % of the heap, or of direct memory, were in use. A heap is full before every collection; only what stays after a full one shows it, and the GC log has that.`,
  check: ({ rest }) =>
    documentsOf(rest, 'taskmanagers')
      .flatMap(({ taskManagers }) => taskManagers)
      .flatMap(({ id, metrics }) => {
        if (metrics === null) return [];
        const { heap, direct, collectors } = metrics;
        const collections = collectors.reduce((sum, { count }) => sum + count, 0);
        const gcMs = collectors.reduce((sum, { time }) => sum + time, 0);
        return [
          ...(isFull(heap)
            ? [
                tell(
                  taskManagerMemory,
                  'heap-nearly-full',
                  { taskManager: id, used: heap.used, max: heap.max, collections, gcMs },
                  { certainty: 'suspected', span: heap.span },
                ),
              ]
            : []),
          ...(isFull(direct)
            ? [
                tell(
                  taskManagerMemory,
                  'direct-memory-nearly-full',
                  { taskManager: id, used: direct.used, max: direct.max },
                  { certainty: 'suspected', span: direct.span },
                ),
              ]
            : []),
        ];
      })
      .slice(0, MAX_FINDINGS),
};

const isFull = <T extends { used: number | null; max: number | null }>(use: T): use is T & { used: number; max: number } =>
  use.used !== null && use.max !== null && use.max > 0 && use.used >= NEARLY_FULL * use.max;

export const taskManagerSilent: RestRule = {
  id: 'task-manager-silent',
  title: 'A TaskManager is silent, or gets no tasks',
  severity: 'warning',
  docs: `The JobManager heard of one TaskManager much later than of the others: the field \`timeSinceLastHeartbeat\` is a time in spite of its name. With the default \`heartbeat.timeout\` it is given up after 50 s.`,
  check({ rest }) {
    return documentsOf(rest, 'taskmanagers')
      .flatMap(({ taskManagers }) => {
        const newest = Math.max(...taskManagers.map(({ lastHeartbeat }) => lastHeartbeat ?? 0));
        return taskManagers.flatMap(({ id, lastHeartbeat, blocked, idSpan }) => {
          const behindMs = lastHeartbeat === null ? 0 : newest - lastHeartbeat;
          return [
            ...(behindMs >= SILENT_MS
              ? [
                  tell(
                    taskManagerSilent,
                    'task-manager-silent',
                    { taskManager: id, behindMs, of: taskManagers.length },
                    { certainty: 'suspected', span: idSpan },
                  ),
                ]
              : []),
            ...(blocked
              ? [tell(taskManagerSilent, 'task-manager-blocked', { taskManager: id }, { certainty: 'proved', severity: 'info', span: idSpan })]
              : []),
          ];
        });
      })
      .slice(0, MAX_FINDINGS);
  },
};
