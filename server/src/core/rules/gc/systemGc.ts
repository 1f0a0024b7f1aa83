import type { GcAnalysis } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES } from './words.ts';

const SOME = 3;

export const systemGc: Rule<GcAnalysis> = {
  id: 'explicit-gc',
  title: 'Collections asked for by System.gc()',
  severity: 'info',
  docs: `Something calls \`System.gc()\`: direct buffers that are used up, RMI, a library, or Flink 1.10 to 1.12.1 while it waits for managed memory (FLINK-20663). Each call is a full collection with most collectors.

Find the caller before you switch explicit collections off (\`-XX:+DisableExplicitGC\`): direct memory is only freed by them.`,
  check({ log, statistics }) {
    const explicit = log.events.filter((event) => event.explicit);
    const first = explicit[0];
    if (first === undefined || statistics.systemGcs < SOME) return [];
    const facts = { collections: statistics.systemGcs };
    return [
      finding(systemGc, {
        certainty: 'proved',
        message: GC_MESSAGES['explicit-gc'](facts),
        details: [GC_DETAILS['explicit-gc']({})],
        facts,
        span: first.span,
        related: explicit.slice(1, 11).map(({ name, span }) => ({ message: name, span })),
      }),
    ];
  },
};
