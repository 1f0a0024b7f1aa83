import type { CallName, Subject } from '../../../server/src/cluster/calls.ts';

export type NodeKind =
  | 'cluster'
  | 'job'
  | 'vertex'
  | 'jobmanager'
  | 'taskmanagers'
  | 'taskmanager'
  | 'document'
  | 'dump'
  | 'log'
  | 'profiler'
  | 'profile'
  | 'page'
  | 'message';

/** Colours are those of VS Code's themes. */
export interface NodeIcon {
  name: string;
  color?: 'charts.green' | 'charts.red' | 'charts.orange' | 'charts.blue' | 'disabledForeground';
}

export interface ClusterNode {
  /** The same each time the node is there. */
  id: string;
  kind: NodeKind;
  label: string;
  description: string;
  tooltip: string;
  icon: NodeIcon;
  /** What it shows when it is opened; null for what only holds others. */
  call: { name: CallName; subject: Subject } | null;
  /** Bytes of a log. */
  size?: number;
  branch: boolean;
}

/** What holds JSON, unless it says otherwise. */
const DOCUMENT: NodeIcon = { name: 'json' };

/** A node below another, by a name that it has each time. */
export function nodeBelow(parent: ClusterNode, kind: NodeKind, name: string): ClusterNode {
  return { id: `${parent.id}/${kind}:${name}`, kind, label: name, description: '', tooltip: '', icon: DOCUMENT, call: null, branch: false };
}

/** A sentence in place of nodes. */
export function messageBelow(parent: ClusterNode, label: string, icon: NodeIcon): ClusterNode {
  return { ...nodeBelow(parent, 'message', 'message'), label, tooltip: label, icon };
}
