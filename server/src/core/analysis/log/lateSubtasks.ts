import type { LogEvent, LogModel } from '../../log/model.ts';

/** A subtask that had not acknowledged a checkpoint when it ended, as the log of the JobManager tells. */
export interface LateSubtask {
  /** Null: no record tells which task the execution is of. */
  task: string | null;
  /** From 1. */
  subtask: number | null;
  parallelism: number | null;
  /** Id of its vertex, which ids of executions name from Flink 1.16 on. */
  vertex: string | null;
  checkpoint: string;
  event: LogEvent;
}

/**
 * `checkpoint-late`: it answered when the checkpoint had expired; `checkpoint-declined`: it refused (CheckpointCoordinator.receiveAcknowledgeMessage
 * and receiveDeclineMessage).
 */
const TELLING: ReadonlySet<string> = new Set(['checkpoint-late', 'checkpoint-declined']);

/** "0a0e…_cbc357ccb763df2852fee8c4fc7d55f2_1_0": graph, vertex, subtask from 0, attempt (ExecutionAttemptID since FLINK-17295). */
const NAMED = /^[0-9a-f]{32}_([0-9a-f]{32})_(\d{1,6})_\d{1,9}$/;

/** Each subtask of a checkpoint once, in the order of the log. */
export function lateSubtasks({ events, executions }: LogModel): LateSubtask[] {
  const telling = events.filter(({ id, fields }) => TELLING.has(id) && fields['exec'] !== undefined);
  if (telling.length === 0) return [];
  const byId = new Map(executions.flatMap((one) => (one.id === null ? [] : [[one.id, one] as const])));
  const found = new Map<string, LateSubtask>();
  for (const event of telling) {
    const id = event.fields['exec'] ?? '';
    const execution = byId.get(id);
    const named = NAMED.exec(id);
    const vertex = named?.[1] ?? null;
    const key = `${event.fields.id}\n${id}`;
    if (found.has(key)) continue;
    // Another subtask of the vertex may be the one whose task is named.
    const beside = execution?.task != null ? execution : executions.find((one) => vertex !== null && one.vertex === vertex && one.task !== null);
    found.set(key, {
      task: beside?.task ?? null,
      subtask: execution?.subtask ?? (named === null ? null : Number(named[2]) + 1),
      parallelism: beside?.parallelism ?? null,
      vertex,
      checkpoint: event.fields.id ?? '',
      event,
    });
  }
  return [...found.values()];
}
