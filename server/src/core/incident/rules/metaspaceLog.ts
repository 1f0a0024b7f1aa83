import type { Joined } from '../joined.ts';
import { nameOf } from '../logs.ts';
import { collectorCase, firstLoss } from './lostProcess.ts';
import { type Conclusion, type IncidentRule, told } from './rule.ts';

/**
 * Metaspace that ran out as a GC log alone tells it: no thread of the process may be able to say so any more. Where the process is lost
 * while it collects, that is why.
 */
export const metaspaceInGcLog: IncidentRule = {
  code: 'memory-exhausted',
  check(joined: Joined): Conclusion[] {
    const { log, findings } = joined;
    const found = findings.find(({ code }) => code === 'metaspace-full');
    if (found === undefined) return [];
    const loss = log === null ? null : firstLoss(log);
    const paused = log === null || loss === null ? null : collectorCase(log, loss);
    const answer = paused?.answer.facts;
    const same = answer !== undefined && found.sources.some((source) => nameOf(source) === answer.source);
    return [
      {
        cause: { code: 'memory-exhausted', facts: { pool: 'metaspace', task: null, at: null, process: null } },
        certainty: same ? (paused?.certainty ?? 'suspected') : loss === null ? found.certainty : 'suspected',
        rank: same ? 84 : loss === null ? 50 : 77,
        evidence: [told(found)],
        since: loss?.time ?? null,
        knownIssue: null,
        advice: found.advice,
      },
    ];
  },
};
