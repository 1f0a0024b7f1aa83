import type { Span } from '../../../../../../common/span.ts';
import type { TimelineDocument, TimelineLane } from '../../../../../../common/timeline.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { clockText } from '../../../rules/log/collectorWords.ts';
import { checkpointLane } from './checkpoints.ts';
import { jobLanes } from './jobs.ts';
import { exceptionLane, gcLanes, memoryLane } from './process.ts';
import { failureLinks, outageBands, outagesOf, restartLane } from './restarts.ts';
import type { At } from './shared.ts';
import { subtaskLanes } from './subtasks.ts';
import { LEGEND, NOTES, TIMELINE } from './words.ts';

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
  if (subtasks.left > 0) notes.push(NOTES.subtasksLeft(subtasks.left));
  if (subtasks.coarse) notes.push(NOTES.coarse);
  if (log.executionsLeft > 0) notes.push(NOTES.executionsLeft(log.executionsLeft));
  for (const lane of lanes) if (lane.left !== undefined) notes.push(NOTES.laneFull(lane.label, lane.left));
  if (log.clockSteps.length > 0) notes.push(NOTES.clockSteps(log.clockSteps.length));
  if (log.clock === 'day') notes.push(NOTES.noDates);
  if (log.clock === 'none') notes.push(NOTES.noTimes);
  for (const track of analysis.gc.tracks) {
    if (track.shift !== null) notes.push(NOTES.clock(track.source, clockText(track.shift)));
  }
  const items = lanes.some((lane) => lane.intervals.length + lane.marks.length > 0);
  return {
    title: TIMELINE.title,
    clock: { unit: log.clock === 'epoch' ? 'epoch' : log.clock === 'day' ? 'day' : 'line', zone: log.zone },
    from,
    to: Math.max(from, to),
    lanes,
    bands: outageBands(outages),
    links: failureLinks(analysis, subtasks.failures),
    legend: [...LEGEND],
    ...(items ? {} : { empty: TIMELINE.empty }),
    notes: notes.slice(0, 8),
  };
}
