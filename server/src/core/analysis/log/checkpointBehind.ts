import type { LogEvent, LogException, LogModel } from '../../log/model.ts';
import { parseTaskName } from '../../log/taskNames.ts';
import { lateSubtasks } from './lateSubtasks.ts';

/** The subtask of which a checkpoint failed. */
export type CheckpointSubtask = {
  checkpoint: string;
  task: string;
  /** "3/4". */
  subtask: string;
  /** The machine of its TaskManager, where a record says it. */
  host: string | null;
};

/** Who could not do its part, as messages of several classes say it: SubtaskCheckpointCoordinatorImpl, AsyncCheckpointRunnable, StreamTask. */
const OPERATOR = /\b(?:checkpoint|snapshot) (?<id>\d{1,18}) for operator (?<name>[^\n]{1,2000}? \(\d{1,6}\/\d{1,6}\))(?:#\d{1,9})?\./;

/** Of which subtask this checkpoint failed: by what is said of it in an exception, else by the record that declines it. */
export function checkpointSubtask(log: LogModel, checkpoint: string, exception: LogException | null, event: LogEvent): CheckpointSubtask | null {
  // Of one that expired nobody says whose part it was; who declines it later was late.
  if (event.id === 'checkpoint-expired') return null;
  const declined = lateSubtasks(log).find((one) => one.checkpoint === checkpoint && one.event.id === 'checkpoint-declined');
  const host = /@ ([^\s@()]{1,255})/.exec(declined?.event.fields.where ?? '')?.[1] ?? null;
  const said = exception?.chain.map(({ message }) => OPERATOR.exec(message ?? '')?.groups).find((groups) => groups?.id === checkpoint);
  const name = parseTaskName(said?.name ?? event.fields.task ?? '');
  if (name !== null) return { checkpoint, task: name.task, subtask: `${name.subtask}/${name.parallelism}`, host };
  if (declined?.task == null || declined.subtask === null || declined.parallelism === null) return null;
  return { checkpoint, task: declined.task, subtask: `${declined.subtask}/${declined.parallelism}`, host };
}
