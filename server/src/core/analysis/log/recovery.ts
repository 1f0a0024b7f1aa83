import type { LogModel } from '../../log/model.ts';
import type { Episode, Recovery } from './failureModel.ts';

/**
 * Does the job run again after the last failure of a text, as its newest state and checkpoints that completed since show? Asked of one
 * job only: of several it does not show which one a checkpoint or a failure belongs to.
 */
export function recoveryOf(log: LogModel, episodes: readonly Episode[]): Recovery | null {
  const [job, ...others] = log.jobs;
  const last = episodes.at(-1);
  const running = job?.states.at(-1);
  if (job === undefined || others.length > 0 || last === undefined || running?.to !== 'RUNNING' || running.time === null) return null;
  const times = [last.first, ...last.rest].map(({ time }) => time);
  const { time: since } = running;
  if (times.some((time) => time === null || time >= since) || last.first.time === null) return null;
  const completed = log.events.flatMap(({ id, time }) => (id === 'checkpoint-completed' && time !== null && time > since ? time : []));
  if (completed.length === 0) return null;
  // The job is RUNNING before its tasks are.
  const until = Math.min(...completed);
  let back = since;
  for (const { states } of log.executions)
    for (const { to, time } of states) if (to === 'RUNNING' && time !== null && time > back && time <= until) back = time;
  return { ms: back - last.first.time, checkpoints: completed.length, failures: episodes.length };
}
