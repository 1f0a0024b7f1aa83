import type { GcAnalysis } from '../../gc/model.ts';
import { MEMORY_POOLS } from '../../knowledge/memoryErrors.ts';
import { type Draft, finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES, GC_NOTES } from './words.ts';

/** What a JVM collects for when class metadata does not fit even after a collection (GCCause of HotSpot; the second up to JDK 8 and of Parallel). */
const LAST_RESORT = /Metadata GC Clear Soft References|Last ditch collection/;
/** What it collects for whenever metaspace reaches a mark that it sets itself; a few at the start are usual. */
const THRESHOLD = /Metadata GC Threshold/;
const MANY = 10;
/** One may have made room. */
const LEAST = 2;

export const metaspaceFull: Rule<GcAnalysis> = {
  id: 'metaspace-full',
  title: 'Metaspace is full',
  severity: 'error',
  docs: `Class metadata did not fit, and full collections made no room for it: \`-XX:MaxMetaspaceSize\` is reached. Every thread that loads a class gets an OutOfMemoryError: Metaspace or waits for the next full collection, Flink's own threads too, so that the process may fall silent without a word in its log.

Find who loads classes again and again (\`jcmd PID VM.classloader_stats\`), or raise \`taskmanager.memory.jvm-metaspace.size\`.`,
  check({ log }) {
    const count = log.details.byName.reduce((sum, one) => (LAST_RESORT.test(one.name) ? sum + one.count : sum), 0);
    const first = log.events.find(({ name }) => LAST_RESORT.test(name));
    if (count < LEAST || first === undefined) return metaspaceShort(log);
    const facts = { collections: count };
    return [
      finding(metaspaceFull, {
        certainty: 'proved',
        message: GC_MESSAGES['metaspace-full'](facts),
        details: [GC_DETAILS['metaspace-full']({})],
        advice: [MEMORY_POOLS.metaspace.advice],
        facts,
        span: first.span,
      }),
    ];
  },
};

/** Full collections for metadata again and again: what is loaded hardly fits, or somebody loads classes without an end. */
function metaspaceShort({ events }: GcAnalysis['log']): Draft[] {
  const found = events.filter(({ full, name }) => full && THRESHOLD.test(name));
  const [first] = found;
  if (first === undefined || found.length < MANY) return [];
  const facts = { collections: found.length };
  return [
    finding(metaspaceFull, {
      variant: 'nearly',
      severity: 'warning',
      certainty: 'suspected',
      message: GC_MESSAGES['metaspace-full.nearly'](facts),
      evidence: [GC_NOTES['metaspace-threshold']({})],
      missing: [GC_NOTES['class-loaders']({})],
      advice: [MEMORY_POOLS.metaspace.advice],
      facts,
      span: first.span,
    }),
  ];
}
