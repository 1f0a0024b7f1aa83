import type { KindModule } from '../kinds.ts';

export const flinkLogKind: KindModule = {
  kind: 'flink-log',
  analyse: async () => ({ kind: 'flink-log', dialect: 'unknown', flinkVersion: null, problems: [], findings: [] }),
  summary: () => null,
  graphs: {},
};
