import type { KindModule } from '../kinds.ts';

export const threadDumpKind: KindModule = {
  kind: 'thread-dump',
  analyse: async () => ({ kind: 'thread-dump', dialect: 'unknown', flinkVersion: null, problems: [], findings: [] }),
  summary: () => null,
  graphs: {},
};
