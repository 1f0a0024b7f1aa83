import type { Span } from '../../../../../../common/span.ts';
import type { TimelineDocument, TimelineLane } from '../../../../../../common/timeline.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { clockText } from '../../../rules/log/collectorWords.ts';
import { plural } from '../../../wording.ts';
import { checkpointLane } from './checkpoints.ts';
import { jobLanes } from './jobs.ts';
import { exceptionLane, gcLanes, memoryLane } from './process.ts';
import { failureLinks, outageBands, outagesOf, restartLane } from './restarts.ts';
import type { At } from './shared.ts';
import { subtaskLanes } from './subtasks.ts';

/** Lanes per job and subtask with their states, restarts, checkpoints, exceptions and, where they are known, GC pauses. */
export function logTimeline(analysis: LogAnalysis): TimelineDocument<Span> {
  const { log } = analysis;
  const timed = log.clock !== 'none';
  const at: At = (item) => (timed ? (item.time ?? log.from ?? 0) : item.line);
  const from = timed ? (log.from ?? 0) : 0;
  const to = timed ? (log.to ?? from) : Math.max(1, ...log.records.slice(-1).map((record) => record.line));
  const outages = outagesOf(analysis, at);
  const subtasks = subtaskLanes(analysis, at, to);
  const lanes: TimelineLane<Span>[] = [
    ...jobLanes(analysis, at),
    ...restartLane(analysis, outages, at),
    ...subtasks.lanes,
    ...checkpointLane(analysis, at, to),
    ...exceptionLane(analysis, at),
    ...memoryLane(analysis, at),
    ...gcLanes(analysis),
  ];
  const notes: string[] = [];
  if (subtasks.left > 0) notes.push(`${plural(subtasks.left, 'more subtask')} left out; those that failed come first.`);
  if (subtasks.coarse) notes.push('There are so many attempts that each is drawn as one bar, in the colour of its last state.');
  if (log.executionsLeft > 0) notes.push(`${plural(log.executionsLeft, 'more execution')} counted but not drawn.`);
  for (const lane of lanes)
    if (lane.left !== undefined) notes.push(`${lane.label}: ${lane.left.toLocaleString('en')} more left out, the lane would be too full.`);
  if (log.clockSteps.length > 0) notes.push(`The clock steps back in ${plural(log.clockSteps.length, 'place')}; times are shown as written.`);
  if (log.clock === 'day') notes.push('The log has times without dates.');
  if (log.clock === 'none') notes.push('The log has no times: the axis counts lines.');
  for (const track of analysis.gc.tracks) {
    if (track.shift !== null) notes.push(`${track.source}: ${clockText(track.shift)}`);
  }
  const items = lanes.some((lane) => lane.intervals.length + lane.marks.length > 0);
  return {
    title: 'Timeline',
    clock: { unit: log.clock === 'epoch' ? 'epoch' : log.clock === 'day' ? 'day' : 'line', zone: log.zone },
    from,
    to: Math.max(from, to),
    lanes,
    bands: outageBands(outages),
    links: failureLinks(analysis, subtasks.failures),
    legend: [
      { tone: 'waiting', text: 'Not running yet: created, scheduled, deploying, initializing' },
      { tone: 'running', text: 'Running' },
      { tone: 'good', text: 'Finished, completed' },
      { tone: 'cancelled', text: 'Cancelled' },
      { tone: 'warning', text: 'Restarting, declined, late' },
      { tone: 'bad', text: 'Failed, down' },
    ],
    ...(items ? {} : { empty: 'The log speaks of no job, task, checkpoint or exception that could be drawn.' }),
    notes: notes.slice(0, 8),
  };
}
