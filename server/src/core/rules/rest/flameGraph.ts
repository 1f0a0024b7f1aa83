import { hottest, ownFrame } from '../../analysis/rest/load.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import type { FlameNode } from '../../rest/model/load.ts';
import { MAX_FINDINGS, type RestRule, tell } from './shared.ts';

export const flameGraph: RestRule = {
  id: 'flame-graph-hot',
  title: 'Most samples of a flame graph are in one place',
  severity: 'info',
  docs: `Along the stack with the most samples, the innermost frame of the user's own code that half of all samples have in common. Samples of threads that wait count as well: \`type=on_cpu\` and \`type=off_cpu\` tell them apart.

A profile of a processor by async-profiler, as Flink's profiler takes it, is read in the same way.

Where \`rest.flamegraph.enabled\` is false, the document says so by an end of −2.`,
  check: ({ rest }) =>
    [...documentsOf(rest, 'flame-graph'), ...documentsOf(rest, 'profile').filter(({ event }) => event === 'cpu')]
      .slice(0, MAX_FINDINGS)
      .flatMap((document) => {
        const { root, span } = document;
        if (document.type === 'flame-graph' && document.empty === 'disabled')
          return [tell(flameGraph, 'flame-graph-disabled', {}, { certainty: 'proved', severity: 'hint', span })];
        const hot = root === null ? null : hottest(root);
        if (hot === null) return [];
        const innermost = hot.frames.at(-1) as FlameNode;
        const frame = ownFrame(hot.frames);
        if (frame === undefined) return [];
        const share = frame.value / (root?.value ?? 1);
        return [
          tell(flameGraph, 'flame-graph-hot', { frame: frame.name, share, innermost: innermost.name }, { certainty: 'proved', span: frame.span }),
        ];
      }),
};
