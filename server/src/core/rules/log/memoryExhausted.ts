import type { MemoryVerdict } from '../../analysis/log/memory.ts';
import { memoryOfCauses } from '../../analysis/log/study.ts';
import { poolIn } from '../../knowledge/memoryErrors.ts';
import { type Fix, finding } from '../../model.ts';
import { memoryAdvice, memoryDetails, memoryHeadline, otherwiseTexts } from './memoryWords.ts';
import { type LogRule, shownCauses } from './types.ts';
import { LOG_NOTES } from './words.ts';

export const memoryExhausted: LogRule = {
  id: 'memory-exhausted',
  title: 'A memory pool is exhausted',
  severity: 'error',
  docs: `The log says which memory ran out: managed memory of the slot, JVM heap, direct memory, metaspace, network buffers, the container's limit, or native threads. Each has options of its own, so raising the wrong one changes nothing.

Where it is what failed first, the finding about the failure says all this and there is no second one.

The finding shows the arithmetic (pages × page size) and checks known bugs against the version of Flink that wrote the log. Messages carry advice that is outdated: "slow garbage collection … upgrade to Java 8u72" is still printed by versions that never wait for a collection. The finding says when that advice does not apply.`,
  check(analysis) {
    const told = memoryOfCauses(analysis, shownCauses(analysis));
    return analysis.memory.flatMap((verdict) => {
      if (told.has(verdict)) return [];
      const pool = poolIn(verdict.pool, verdict.owner);
      return finding(memoryExhausted, {
        message: memoryHeadline(verdict),
        details: memoryDetails(verdict),
        advice: memoryAdvice(verdict),
        facts: { pool: verdict.pool, shortage: verdict.shortage, sum: verdict.sum, bug: verdict.bug, count: verdict.count },
        key: ['pool'],
        span: verdict.span,
        certainty: verdict.certainty,
        knownIssue: verdict.bug?.applies === 'yes' ? verdict.bug.key : null,
        evidence: [pool.means],
        missing: otherwiseTexts(verdict),
        fixes: memoryFixes(verdict),
      });
    });
  },
};

/** Options to copy. */
export function memoryFixes({ options, pool, owner }: MemoryVerdict): Fix[] {
  return options
    .slice(0, 3)
    .map((option) => ({ title: LOG_NOTES.copyOption(option), kind: 'show', by: 'copy', copy: option, cost: poolIn(pool, owner).advice }));
}
