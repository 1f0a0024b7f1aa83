import type { GcAnalysis, GcTrouble } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';
import { GC_MESSAGES } from './words.ts';

const MAX_RELATED = 10;

export const collectorInTrouble: Rule<GcAnalysis> = {
  id: 'collector-in-trouble',
  title: 'The collector could not keep up',
  severity: 'warning',
  docs: `The collector reports that it ran out of room or time: to-space exhausted, concurrent mode failure, promotion failed, allocation stall, or a degenerated cycle. Each of them makes threads stand still, often for seconds.

More heap, or an earlier start of the concurrent cycle (\`-XX:InitiatingHeapOccupancyPercent\`) help; so does a lower allocation rate.`,
  check({ log }) {
    return [...group(log.troubles)].map(([kind, troubles]) => {
      const first = troubles[0] as GcTrouble;
      const facts = { trouble: kind, count: log.troubleCounts[kind] ?? troubles.length };
      return finding(collectorInTrouble, {
        certainty: 'proved',
        message: GC_MESSAGES['collector-in-trouble'](facts),
        facts,
        span: first.span,
        related: troubles.slice(1, 1 + MAX_RELATED).map(({ text, span }) => ({ message: text, span })),
      });
    });
  },
};

function group(troubles: readonly GcTrouble[]): Map<GcTrouble['kind'], GcTrouble[]> {
  const result = new Map<GcTrouble['kind'], GcTrouble[]>();
  for (const trouble of troubles) {
    const known = result.get(trouble.kind);
    if (known === undefined) result.set(trouble.kind, [trouble]);
    else known.push(trouble);
  }
  return result;
}
