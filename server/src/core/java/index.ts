import type { KindModule } from '../kinds.ts';

export const javaSourceKind: KindModule = {
  kind: 'java-source',
  analyse: async () => ({ kind: 'java-source', dialect: 'unknown', flinkVersion: null, problems: [], findings: [] }),
  summary: () => null,
  graphs: {},
};
