import type { GcAnalysis } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES, GC_NOTES } from './words.ts';

/** The heap in use after collections must have grown by this share of its size … */
const GROWN = 0.2;
/** … to this share … */
const LEFT = 0.5;
/** … along a line that describes it so well. */
const FIT = 0.8;
const ENOUGH_MS = 10 * 60_000;

export const heapGrows: Rule<GcAnalysis> = {
  id: 'heap-grows',
  title: 'The heap in use after collections grows steadily',
  severity: 'warning',
  docs: `What is left after collections grows along a line, by more than a fifth of the heap over more than ten minutes. Something keeps objects: a leak, state on the heap that grows with the data, a cache without bounds, or timers that never fire.

Two heap dumps some time apart (\`jcmd PID GC.heap_dump\`) show what grows. Growing keyed state belongs into RocksDB, with a TTL.`,
  check({ log, statistics }) {
    const { floors, trendFit, trendOfDeep, capacity } = log.details;
    const { heapTrend } = statistics;
    const [first, last] = [floors[0], floors.at(-1)];
    if (heapTrend === null || trendFit === null || capacity === null || first === undefined || last === undefined || log.runs.length > 1) return [];
    const minutes = (last.at - first.at) / 60_000;
    const grown = heapTrend * minutes;
    if (minutes * 60_000 < ENOUGH_MS || trendFit < FIT || grown < GROWN * capacity || last.used < LEFT * capacity) return [];
    const minutesLeft = (capacity - last.used) / heapTrend;
    const end = log.events.findLast((event) => event.after !== null);
    const facts = {
      afterFull: trendOfDeep,
      grownKib: grown,
      minutes,
      firstKib: first.used,
      lastKib: last.used,
      capacityKib: capacity,
      kibPerMinute: heapTrend,
      fit: trendFit,
    };
    return [
      finding(heapGrows, {
        certainty: 'suspected',
        message: GC_MESSAGES['heap-grows'](facts),
        details: [GC_DETAILS['heap-grows'](facts)],
        facts,
        span: end?.span ?? { start: 0, end: 0 },
        evidence: [GC_NOTES['heap-line'](facts), ...(minutesLeft > 0 ? [GC_NOTES['full-in']({ capacityKib: capacity, minutes: minutesLeft })] : [])],
        missing: [GC_NOTES['leak-or-data']({})],
      }),
    ];
  },
};
