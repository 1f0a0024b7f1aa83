import { compareVersions, lineOf } from '../../flinkVersion.ts';
import type { IterateStanding } from './facts.ts';
import { beside, iterateLoops, type JobRule, loopFact, MAX_RELATED, tell } from './shared.ts';
import { JOB_RULE_WORDS, SKELETON } from './words.ts';

/** A development version has what came with its line. */
const inLineFrom = (version: string, line: string): boolean => compareVersions(lineOf(version), line) >= 0;

export const iterateRemoved: JobRule = {
  id: 'iterate-removed',
  title: 'DataStream.iterate() is deprecated since 1.19 and removed in 2.0',
  severity: 'warning',
  docs: `\`DataStream.iterate()\` was deprecated in Flink 1.19 (FLIP-357, FLINK-33144) and removed in 2.0 (FLINK-36355). A job with it cannot move to 2.0.

Ways out: flink-ml iterations (\`Iterations.iterateUnboundedStreams\`, FLIP-176), which also checkpoint the feedback; Stateful Functions; a Kafka topic that the job writes and reads; and for retries only, async I/O with a retry strategy.`,
  check(view) {
    const loops = iterateLoops(view);
    const first = loops[0];
    if (first === undefined) return [];
    const version = view.flinkVersion;
    const facts = { loops: loops.length, standing: standingIn(version), version };
    return [
      tell(iterateRemoved, 'iterate-removed', facts, {
        certainty: 'proved',
        span: view.vertex(first.head).nameSpan,
        related: loops.slice(1, 1 + MAX_RELATED).map((loop) => beside(view.vertex(loop.head).nameSpan, 'another-loop', { loop: loopFact(loop) })),
        fixes: [
          {
            title: JOB_RULE_WORDS.fixes['copy-flink-ml']({}),
            kind: 'refactor',
            by: 'copy',
            copy: SKELETON,
            cost: JOB_RULE_WORDS.costs['flink-ml-library']({}),
          },
        ],
      }),
    ];
  },
};

function standingIn(version: string | null): IterateStanding {
  if (version === null) return 'version-unknown';
  if (inLineFrom(version, '2.0')) return 'removed';
  return inLineFrom(version, '1.19') ? 'deprecated' : 'works';
}
