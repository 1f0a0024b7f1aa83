import type { NodeKind } from '../graph.ts';

/** Line drawings in a 16 by 16 box, one for each kind of node: shape tells the kind where colour cannot. */
export const ICONS: Record<NodeKind, string> = {
  thread: 'M3 3.5h10M3 8h10M3 12.5h6',
  'virtual-thread': 'M3 3.5h2m2 0h2m2 0h2M3 8h2m2 0h2m2 0h2M3 12.5h2m2 0h2',
  monitor: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5M8 9.7v1.6',
  synchronizer: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 4.8-1M6.5 10.5h3',
  'class-init': 'M8 2 13.5 5v6L8 14 2.5 11V5zM8 8v6M8 8 2.5 5M8 8l5.5-3',
  aggregate: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1',
  vertex: 'M3 4h10v8H3zM3 7h10',
  operator: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3zM8 6v4M6 8h4',
  source: 'M2.5 8h7M7 5l3 3-3 3M11 3h2.5v10H11',
  sink: 'M2.5 3H5v10H2.5M6 8h7.5M11 5.5 13.5 8 11 10.5',
  'loop-head': 'M13 8a5 5 0 1 1-1.7-3.800M12 1.5v3H9',
  'loop-tail': 'M3 8a5 5 0 1 0 1.7-3.800M4 1.5v3h3',
  method: 'M6 2.5C4 2.5 5 7 3 8c2 1 1 5.5 3 5.5M10 2.5c2 0 1 4.5 3 5.5-2 1-1 5.5-3 5.5',
  component: 'M3 3h10v4H3zM3 9h10v4H3zM5 5h1M5 11h1',
  exception: 'M8 2 14.5 13.5h-13zM8 6v4M8 11.5v.8',
};
