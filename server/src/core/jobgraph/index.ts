import type { KindModule } from '../kinds.ts';

export const jobGraphKind: KindModule = {
  kind: 'job-graph',
  analyse: async () => ({ kind: 'job-graph', dialect: 'unknown', flinkVersion: null, problems: [], findings: [] }),
  summary: () => null,
  graphs: {},
};
