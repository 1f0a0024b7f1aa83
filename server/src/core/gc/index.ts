import type { KindModule } from '../kinds.ts';

export const gcLogKind: KindModule = {
  kind: 'gc-log',
  analyse: async () => ({ kind: 'gc-log', dialect: 'unknown', flinkVersion: null, problems: [], findings: [] }),
  summary: () => null,
  graphs: {},
};
