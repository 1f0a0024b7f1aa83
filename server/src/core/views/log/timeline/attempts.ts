import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval } from '../../../../../../common/timeline.ts';
import { TERMINAL } from '../../../log/executions.ts';
import type { Execution, StateChange } from '../../../log/model.ts';
import { type At, TONES } from './shared.ts';
import { STATES } from './words.ts';

export interface AttemptContext {
  at: At;
  /** Last moment of the log. */
  end: number;
  /** First moment of the log. */
  logBegin: number;
}

/** JobManager and TaskManager print the same switches; one of the two is enough to draw. */
function statesOf(execution: Execution): StateChange[] {
  const side = execution.states.some((state) => state.side === 'TM') ? 'TM' : execution.states[0]?.side;
  return execution.states.filter((state) => state.side === side);
}

/** Since when the first state is known to have been; infinity where the attempt has been nothing before. */
function beginOf(execution: Execution, first: StateChange | undefined, { at, logBegin }: AttemptContext): number {
  // What a task was when the log began is known from its first switch; a task that begins here has been nothing before.
  const early = execution.mentions.find((mention) => mention.what === 'received' || mention.what === 'deploying');
  if (early !== undefined) return at(early);
  return first === undefined || first.from === 'CREATED' ? Number.POSITIVE_INFINITY : logBegin;
}

/** One interval for each state of an attempt. `next` is when the following attempt of the subtask begins. */
export function stateIntervals(execution: Execution, index: number, next: number | null, context: AttemptContext): TimelineInterval<Span>[] {
  const { at, end } = context;
  const states = statesOf(execution);
  const result: TimelineInterval<Span>[] = [];
  const first = states[0];
  const { attempt } = execution;
  const begin = beginOf(execution, first, context);
  if (first !== undefined && at(first) > begin) {
    result.push({
      id: `state:${index}:before`,
      from: begin,
      to: at(first),
      label: first.from,
      tone: TONES[first.from] ?? 'neutral',
      open: true,
      place: first.span,
      description: STATES.before(first.from, attempt),
    });
  }
  for (const [position, state] of states.entries()) {
    const following = states[position + 1];
    const start = at(state);
    const final = TERMINAL.has(state.to);
    const to = following !== undefined ? Math.max(start, at(following)) : final ? start : next === null ? null : Math.max(start, next);
    const known = following !== undefined || final;
    result.push({
      id: `state:${index}:${position}`,
      from: start,
      to,
      label: state.to,
      tone: TONES[state.to] ?? 'neutral',
      place: state.span,
      description: STATES.state(
        state.to,
        attempt,
        known ? { code: 'known' } : next === null ? { code: 'end-of-log', ms: end - start } : { code: 'next-attempt' },
      ),
    });
  }
  return result;
}

/** An attempt as one interval, in the look of how it ended; for logs with very many of them. */
export function attemptInterval(execution: Execution, index: number, next: number | null, context: AttemptContext): TimelineInterval<Span>[] {
  const { at } = context;
  const states = statesOf(execution);
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) return [];
  const over = TERMINAL.has(last.to);
  const begin = Math.min(at(first), beginOf(execution, first, context));
  return [
    {
      id: `attempt:${index}`,
      from: begin,
      to: over ? at(last) : next === null ? null : Math.max(begin, next),
      label: STATES.label(execution.attempt, last.to),
      tone: TONES[last.to] ?? 'neutral',
      place: first.span,
      description: STATES.attempt(execution.attempt, [first.from, ...states.map((state) => state.to)]),
    },
  ];
}
