import type { Emphasis, NodeKind } from '../graph.ts';

const count = (value: number): string => value.toLocaleString('en');

const NOUNS: Partial<Record<NodeKind, string>> = {
  thread: 'threads',
  'virtual-thread': 'virtual threads',
  monitor: 'locks',
  synchronizer: 'locks',
  'class-init': 'classes',
  method: 'methods',
  vertex: 'vertices',
  operator: 'operators',
  source: 'sources',
  sink: 'sinks',
};

/** The one name of nodes of these kinds. */
function noun(kinds: readonly NodeKind[]): string {
  const [only = 'nodes', ...others] = new Set(kinds.map((kind) => NOUNS[kind] ?? 'nodes'));
  return others.length === 0 ? only : 'nodes';
}

/** What folded nodes stand for. */
export const FOLDED = {
  nodes: (number: number, kinds: readonly NodeKind[]) => `${count(number)} ${noun(kinds)}`,
  open: (label: string, names: readonly string[], more: boolean) =>
    `${label}: ${names.join(', ')}${more ? ' and more' : ''}. Open to see them one by one.`,
  inside: (number: number, kinds: readonly NodeKind[]) => `${FOLDED.nodes(number, kinds)} inside`,
  closed: (group: string, number: number, kinds: readonly NodeKind[]) => `${group} Closed: ${FOLDED.inside(number, kinds)}.`,
  parts: (number: number) => `+${count(number)} smaller parts`,
  twins: (number: number, kinds: readonly NodeKind[]) => `and ${count(number)} more ${noun(kinds)}`,
  named: (number: number, kinds: readonly NodeKind[]) => `${FOLDED.nodes(number, kinds)} of this name`,
  level: (number: number) => `level ${number}`,
};

/** What an emphasis is called on a node. */
export const EMPHASIS: Readonly<Record<Exclude<Emphasis, 'none' | 'muted'>, string>> = {
  cycle: 'cycle',
  victim: 'held up',
  violation: '✗ violation',
  suspect: 'suspected',
  critical: 'critical path',
  added: '+ added',
  removed: '− removed',
  changed: '~ changed',
};

export const DRAWING = {
  deadlock: 'deadlock',
  nothing: 'There is nothing to draw.',
  cancelled: 'Layout cancelled.',
  tooLong: (seconds: number) => `Layout took longer than ${seconds} s and was stopped.`,
  workerFailed: (why: string) => `The layout worker failed: ${why}`,
  failed: (why: string) => `Layout failed: ${why}`,
};
