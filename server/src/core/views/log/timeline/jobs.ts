import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane } from '../../../../../../common/timeline.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { type At, MAX_ITEMS, TONES } from './shared.ts';
import { JOBS } from './words.ts';

const MAX_JOBS = 50;

/** One lane for each job, with the states that the JobManager prints. */
export function jobLanes({ log }: LogAnalysis, at: At): TimelineLane<Span>[] {
  return log.jobs.slice(0, MAX_JOBS).map((job) => {
    const intervals: TimelineInterval<Span>[] = [];
    for (const [index, state] of job.states.slice(0, MAX_ITEMS).entries()) {
      const next = job.states[index + 1];
      const start = at(state);
      const final = state.to === 'FINISHED' || state.to === 'FAILED' || state.to === 'CANCELED';
      intervals.push({
        id: `job:${job.id}:${index}`,
        from: start,
        to: next === undefined ? (final ? start : null) : Math.max(start, at(next)),
        label: state.to,
        tone: TONES[state.to] ?? 'neutral',
        place: state.span,
        description: JOBS.change(job.name ?? job.id, state.from, state.to),
      });
    }
    return {
      id: `job:${job.id}`,
      kind: 'job',
      label: job.name ?? job.id,
      intervals,
      marks: [],
      description: JOBS.lane(job.name, job.id),
    };
  });
}
